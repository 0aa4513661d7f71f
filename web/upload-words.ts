/** The words of Uppy's dashboard, where it would speak of uploading and we speak of recordings. */
export const dashboardWords = {
  dashboardTitle: 'Recordings to upload',
  dropPasteFiles: 'Drop recordings here or %{browseFiles}',
  browseFiles: 'choose files',
  dropHint: 'Let go: the recording is taken',
  addMore: 'Add another',
  addMoreFiles: 'Add another recording',
  addingMoreFiles: 'Adding recordings',
  removeFile: 'Take %{file} off the list',
  xFilesSelected: { 0: '%{smart_count} recording', 1: '%{smart_count} recordings' },
  uploadingXFiles: { 0: 'Uploading %{smart_count} recording', 1: 'Uploading %{smart_count} recordings' },
  sessionRestored: 'The upload was interrupted',
  recoveredXFiles: {
    0: 'Choose the recording again and it goes on from where it was.',
    1: 'Choose the recordings again and they go on from where they were.',
  },
  recoveredAllFiles: 'It goes on now.',
};

/** The words of Uppy, where it would speak of uploading and we speak of recordings. */
export const dashboardWords = {
  dashboardTitle: 'Recordings to upload',
  dropPasteFiles: 'Drop recordings here or %{browseFiles}',
  browseFiles: 'choose files',
  dropHint: 'Let go: the recording is taken',
  sessionRestored: 'The upload was interrupted',
  recoveredXFiles: {
    0: 'Choose or drop the recording again, and it goes on from where it was.',
    1: 'Choose or drop the recordings again, and they go on from where they were.',
  },
  recoveredAllFiles: 'It goes on.',
};

export const coreWords = {
  youCanOnlyUploadFileTypes: 'No video or audio file that is taken here: %{types}.',
  inferiorSize: 'Empty.',
  noDuplicates: 'Chosen already.',
  failedToUpload: '%{file} could not be uploaded.',
};

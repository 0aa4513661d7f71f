/** The words of Uppy, where it would speak of uploading and we speak of recordings. */
export const dashboardWords = {
  dashboardTitle: 'Recordings to upload',
  dropPasteFiles: 'Drop recordings here or %{browseFiles}',
  browseFiles: 'choose files',
  dropHint: 'Let go: the recording is taken',
};

export const coreWords = {
  youCanOnlyUploadFileTypes: 'That is no video or audio file that is taken here: %{types}.',
  inferiorSize: 'That file is empty.',
  noDuplicates: '%{fileName} is chosen already.',
  failedToUpload: '%{file} could not be uploaded.',
};

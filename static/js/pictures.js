// Files on their way from the entry page: pictures made smaller, and kept on this machine until
// they are sent. Without it files go with the whole page, as they were chosen.
"use strict";

const LONGEST = 2000; // as long as the portal keeps the longer side of a picture
const LARGE = 400000; // bytes; what is smaller is sent as it is
const QUALITY = 0.85;
const UNSENT = "tep-chua-gui"; // portal.js takes it away at the log-out

// The picture upright and no longer than is kept; the file itself where the browser cannot do it.
async function smallerPicture(file) {
  if (!/^image\/(jpeg|png)$/.test(file.type) || file.size < LARGE) return file;
  try {
    // a browser that does not know how to turn it says so here
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const drawing = canvas.getContext("2d");
    drawing.imageSmoothingQuality = "high";
    drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise((done) => {
      canvas.toBlob(done, file.type, QUALITY);
    });
    if (!made || made.type !== file.type || made.size >= file.size) return file;
    return new File([made], file.name, { type: file.type, lastModified: file.lastModified });
  } catch {
    return file;
  }
}

// Let a field hold these files, as if they had been chosen; false where the browser cannot do it.
function putFiles(field, files) {
  try {
    const chosen = new DataTransfer();
    files.forEach((file) => chosen.items.add(file));
    field.files = chosen.files;
    return field.files.length === files.length;
  } catch {
    return false;
  }
}

function settled(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function amongUnsent(act) {
  const opened = indexedDB.open(UNSENT, 1);
  opened.onupgradeneeded = () => opened.result.createObjectStore("files");
  const kept = await settled(opened);
  try {
    const writing = kept.transaction("files", "readwrite");
    const finished = new Promise((done, failed) => {
      writing.oncomplete = done;
      writing.onabort = () => failed(writing.error);
    });
    const found = await settled(act(writing.objectStore("files")));
    await finished;
    return found;
  } finally {
    kept.close();
  }
}

// Whether the files are kept on this machine; none at all takes away what was kept.
async function keepFiles(key, files) {
  try {
    await amongUnsent((all) => (files.length ? all.put(files, key) : all.delete(key)));
    return true;
  } catch {
    return false;
  }
}

async function keptFiles(key) {
  try {
    return (await amongUnsent((all) => all.get(key))) || [];
  } catch {
    return [];
  }
}

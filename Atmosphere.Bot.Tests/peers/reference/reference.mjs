// The reference library on its WebAssembly back end, with its models loaded.
import { createRequire } from 'node:module';
import path from 'node:path';
import sharp from 'sharp';

const require = createRequire(import.meta.url);
const folder = (name) => path.dirname(require.resolve(`${name}/package.json`));

export async function load(threads) {
  const wasm = require('@tensorflow/tfjs-backend-wasm');
  const tf = require('@tensorflow/tfjs');
  const faceapi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
  wasm.setWasmPaths(path.join(folder('@tensorflow/tfjs-backend-wasm'), 'wasm-out') + path.sep);
  wasm.setThreadsCount(threads);
  await tf.setBackend('wasm');
  await tf.ready();
  const models = path.join(folder('@vladmandic/face-api'), 'model');
  await faceapi.nets.ssdMobilenetv1.loadFromDisk(models);
  await faceapi.nets.faceLandmark68Net.loadFromDisk(models);
  await faceapi.nets.faceRecognitionNet.loadFromDisk(models);
  return { tf, faceapi, samples: path.join(folder('@vladmandic/face-api'), 'demo') };
}

// Upright 8-bit RGB by libvips: the same library, of the same version, that Atmosphere decodes with.
export async function decode(file) {
  sharp.concurrency(1);
  const { data, info } = await sharp(file).rotate().toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

export async function faces({ tf, faceapi }, photo) {
  const tensor = tf.tensor3d(photo.rgb, [photo.height, photo.width, 3], 'int32');
  try {
    return await faceapi.detectAllFaces(tensor, new faceapi.SsdMobilenetv1Options({ minConfidence: 0.5 }))
      .withFaceLandmarks()
      .withFaceDescriptors();
  } finally {
    tensor.dispose();
  }
}

// Writes what the reference library sees in its six sample photos: node numbers.mjs > ../../Faces/reference-numbers.json
import { createHash } from 'node:crypto';
import path from 'node:path';
import { load, decode, faces } from './reference.mjs';

const round = (digits) => (value) => Number(value.toFixed(digits));
const reference = await load(1);
const photos = [];
for (let i = 1; i <= 6; i++) {
  const file = `sample${i}.jpg`;
  const photo = await decode(path.join(reference.samples, file));
  const found = await faces(reference, photo);
  photos.push({
    file,
    width: photo.width,
    height: photo.height,
    sha256: createHash('sha256').update(photo.rgb).digest('hex'),
    faces: found.map(({ detection, landmarks, descriptor }) => ({
      score: round(6)(detection.score),
      box: [detection.box.x, detection.box.y, detection.box.width, detection.box.height].map(round(4)),
      landmarks: landmarks.positions.flatMap(({ x, y }) => [x, y]).map(round(4)),
      descriptor: Array.from(descriptor, round(7)),
    })),
  });
}

process.stdout.write(`[\n${photos.map((photo) => JSON.stringify(photo)).join(',\n')}\n]\n`);

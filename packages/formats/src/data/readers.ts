import { readIdxFiles } from './arrays/read-arrays.js';
import { readNpzFiles } from './arrays/read-npz.js';
import { readCsvFiles } from './csv/read-csv-files.js';
import type { DataReader } from './data-reader.js';
import { readMatFiles } from './mat/read-mat.js';
import { readParquetFiles } from './parquet/read-parquet.js';
import { arePictures, readPictures } from './pictures/read-pictures.js';

/** Every kind of data, in the order in which they are tried: a folder of IDX files may hold a list in CSV, too. */
export const DATA_READERS: readonly DataReader[] = [
  {
    name: 'idx',
    label: 'IDX files',
    takes: (files) => files.some(({ kind }) => kind?.name === 'idx'),
    read: readIdxFiles,
  },
  {
    name: 'npz',
    label: 'npz or npy files',
    takes: (files) => files.some(({ kind }) => kind?.name === 'npz' || kind?.name === 'npy'),
    read: readNpzFiles,
  },
  {
    name: 'mat',
    label: 'a MATLAB file',
    takes: (files) => files.some(({ kind }) => kind?.name === 'mat'),
    read: readMatFiles,
  },
  {
    name: 'parquet',
    label: 'Parquet files',
    takes: (files) => files.some(({ kind }) => kind?.name === 'parquet'),
    read: readParquetFiles,
  },
  {
    name: 'pictures',
    label: 'pictures',
    takes: arePictures,
    read: readPictures,
  },
  {
    name: 'csv',
    label: 'a CSV file',
    takes: (files) => files.some(({ kind }) => kind?.name === 'csv'),
    read: readCsvFiles,
  },
];

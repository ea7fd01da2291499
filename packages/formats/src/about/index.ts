// `@longhand/formats/about`: what data are, before one trains on them. It works in browsers.

export type { OrientationFit } from '../data/orientation/orientation.js';
export { type DescribedData, type DescribeOptions, describeData } from './describe-data.js';
export type {
  ClassDescription,
  ClassPair,
  ColumnDescription,
  DataDescription,
  DuplicateDescription,
  Finding,
  NeighborDescription,
  PartDescription,
  Specimen,
  ValueDescription,
} from './description.js';
export { type ReportOptions, reportHtml, summaryOf } from './report/report-html.js';

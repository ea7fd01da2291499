import type { Mirror, NamedData, NamedFile } from './named-data.js';

const EMNIST_HOME = 'https://www.nist.gov/itl/products-and-services/emnist-dataset';
/** Of NIST, free to use; NIST asks to be named. */
const EMNIST_LICENSE = 'public domain (US government work)';

/**
 * NIST publishes all splits in one zip file of 562 MB. Only the files of one split are fetched from it. The second place
 * has the same files one by one.
 */
const EMNIST_MIRRORS: readonly Mirror[] = [
  { zip: 'https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip', inside: 'gzip/' },
  { folder: 'https://media.githubusercontent.com/media/aurelienduarte/emnist/master/gzip/' },
];

/** Name, size and SHA-256 of a file. */
type Known = readonly [name: string, size: number | undefined, sha256: string];

const known = (files: readonly Known[]): NamedFile[] =>
  files.map(([name, size, sha256]) => ({ name, ...(size !== undefined && { size }), sha256 }));

interface EmnistSplit {
  readonly title: string;
  readonly training: number;
  readonly test: number;
  readonly classes: number;
  /** Size and SHA-256 of training images, training labels, test images, test labels. */
  readonly files: readonly (readonly [size: number | undefined, sha256: string])[];
}

const EMNIST_PARTS = ['train-images-idx3', 'train-labels-idx1', 'test-images-idx3', 'test-labels-idx1'];

const emnist = (split: string, { files, ...counts }: EmnistSplit): NamedData => ({
  name: `emnist-${split}`,
  ...counts,
  home: EMNIST_HOME,
  license: EMNIST_LICENSE,
  files: known(
    EMNIST_PARTS.map((part, i) => [`emnist-${split}-${part}-ubyte.gz`, files[i]![0], files[i]![1]]),
  ),
  mirrors: EMNIST_MIRRORS,
});

/**
 * The datasets that are known by name. A SHA-256 of a gzip file is the one that other programs check the publisher's file
 * with (TensorFlow Datasets and others); an MD5 is torchvision's, of
 * Kuzushiji-49 that of several programs.
 */
export const NAMED_DATA: readonly NamedData[] = [
  {
    name: 'fashion-mnist',
    title: 'pictures of clothes',
    training: 60_000,
    test: 10_000,
    classes: 10,
    home: 'https://github.com/zalandoresearch/fashion-mnist',
    license: 'MIT',
    files: [
      {
        name: 'train-images-idx3-ubyte.gz',
        size: 26_421_880,
        sha256: '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
        contents: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
      },
      {
        name: 'train-labels-idx1-ubyte.gz',
        size: 29_515,
        sha256: 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
        contents: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
      },
      {
        name: 't10k-images-idx3-ubyte.gz',
        size: 4_422_102,
        sha256: '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
        contents: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
      },
      {
        name: 't10k-labels-idx1-ubyte.gz',
        size: 5_148,
        sha256: '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
        contents: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
      },
    ],
    mirrors: [
      { folder: 'https://fashion-mnist.s3.eu-central-1.amazonaws.com/' },
      { folder: 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/' },
      { folder: 'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/' },
    ],
  },
  {
    name: 'kmnist',
    title: 'Kuzushiji-MNIST, ten characters of old Japanese handwriting',
    training: 60_000,
    test: 10_000,
    classes: 10,
    home: 'https://github.com/rois-codh/kmnist',
    license: 'CC BY-SA 4.0',
    files: known([
      [
        'train-images-idx3-ubyte.gz',
        18_165_135,
        '51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4',
      ],
      [
        'train-labels-idx1-ubyte.gz',
        29_497,
        'e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17',
      ],
      [
        't10k-images-idx3-ubyte.gz',
        3_041_136,
        'edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5',
      ],
      [
        't10k-labels-idx1-ubyte.gz',
        5_120,
        '20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c',
      ],
    ]),
    mirrors: [
      { folder: 'https://codh.rois.ac.jp/kmnist/dataset/kmnist/' },
      { folder: 'http://codh.rois.ac.jp/kmnist/dataset/kmnist/' },
    ],
  },
  {
    name: 'k49',
    title: 'Kuzushiji-49, 49 characters of old Japanese handwriting',
    training: 232_365,
    test: 38_547,
    classes: 49,
    home: 'https://github.com/rois-codh/kmnist',
    license: 'CC BY-SA 4.0',
    files: [
      { name: 'k49-train-imgs.npz', md5: '7ac088b20481cf51dcd01ceaab89d821' },
      { name: 'k49-train-labels.npz', md5: '44a8e1b893f81e63ff38d73cad420f7a' },
      { name: 'k49-test-imgs.npz', md5: 'd352e201d846ce6b94f42c990966f374' },
      { name: 'k49-test-labels.npz', md5: '4da6f7a62e67a832d5eb1bd85c5ee448' },
    ],
    mirrors: [
      { folder: 'https://codh.rois.ac.jp/kmnist/dataset/k49/' },
      { folder: 'http://codh.rois.ac.jp/kmnist/dataset/k49/' },
    ],
  },
  {
    name: 'qmnist',
    title: 'MNIST made again from its sources, with 60,000 test digits',
    training: 60_000,
    test: 60_000,
    classes: 10,
    home: 'https://github.com/facebookresearch/qmnist',
    license: 'BSD 3-Clause',
    files: [
      { name: 'qmnist-train-images-idx3-ubyte.gz', md5: 'ed72d4157d28c017586c42bc6afe6370' },
      { name: 'qmnist-train-labels-idx2-int.gz', md5: '0058f8dd561b90ffdd0f734c6a30e5e4' },
      {
        name: 'qmnist-test-images-idx3-ubyte.gz',
        sha256: '43fc22bf7498b8fc98de98369d72f752d0deabc280a43a7bcc364ab19e57b375',
        md5: '1394631089c404de565df7b7aeaf9412',
      },
      {
        name: 'qmnist-test-labels-idx2-int.gz',
        sha256: '9fbcbe594c3766fdf4f0b15c5165dc0d1e57ac604e01422608bb72c906030d06',
        md5: '5b5b05890a5e13444e108efe57b788aa',
      },
    ],
    mirrors: [{ folder: 'https://raw.githubusercontent.com/facebookresearch/qmnist/master/' }],
  },
  emnist('letters', {
    title: '26 letters, capital and small letters together',
    training: 124_800,
    test: 20_800,
    classes: 26,
    files: [
      [30_804_864, '6288f418a917e007bf5fddb823a2dc7a5c6a35031401b93292a539cb12bd881f'],
      [79_283, '9759af91ea6bccdf07a6040fd085861f2ec88e37f7c3f5760f6feb57106fbe5c'],
      [5_039_157, '50f0e93d75b99b463e9760b8345866f22587fa2c2fba472730a5ba09c693412d'],
      [144, '924955c31fe7fd809b7303b5c0141282955f4b8390c74cdfd5d80435e0f4b4cb'],
    ],
  }),
  emnist('balanced', {
    title: 'digits and letters, as many of each',
    training: 112_800,
    test: 18_800,
    classes: 47,
    files: [
      [28_207_740, '74295e75e4e9fa2c102147460ee7eb763653d5132d883a84fb88932bfb8d2db4'],
      [80_618, 'b46d41e5156a0a8aaaa4d18979fdd1588850fa8571018acffd5d93b325a7d6ed'],
      [4_714_707, '117fc12b015e37ea98bfb2cbba3f77c3782c056cdbd219b87abfc8661d7135db'],
      [13_504, 'a67cac948379b67270b9a4d0a01c8ec661598accf2f2b1964340b7c83cb175cd'],
    ],
  }),
  emnist('digits', {
    title: 'ten digits, four times as many as MNIST',
    training: 240_000,
    test: 40_000,
    classes: 10,
    files: [
      [59_515_779, 'f7c95004d14d81af89522e67d8f0c781dfb3bd544181c81bfe1eb6b41c35b726'],
      [113_859, '6638a6ff5fe2eefd9cca2471995b46c82986b8e4b2a70d2f5ce8e05d7edb319e'],
      [9_908_519, '20ebe43509264f7639d37c835a3f0b009e90b29e00a099a03101abe1644a3f63'],
      [19_960, 'bad1834c45d5988e270b99d43b13edc3fd898f658ffbc2caf2846ef27f7b05b0'],
    ],
  }),
  emnist('mnist', {
    title: 'ten digits, as many as MNIST',
    training: 60_000,
    test: 10_000,
    classes: 10,
    files: [
      [14_873_795, '5f9942f441031c0f1f2e4d162059fd6e19ea808b34c328b6d16cab0ed24c78f2'],
      [29_480, '00c6d3c2342fdffb1711e0b5656cac4ce5862d2826399d383a9bac07d612e9f8'],
      [2_484_884, 'b25640fa9e356c618132f5df347c95ef5bae6d9c2596be1de40f7e0ae1c3eac6'],
      [5_144, 'bcc5385d38f083dba046f5f756e99b32f5ea7fad122c6243c71c2239873065ca'],
    ],
  }),
  emnist('byclass', {
    title: 'digits, capital and small letters, as often as people wrote them',
    training: 697_932,
    test: 116_323,
    classes: 62,
    files: [
      [173_367_313, '9e21987f03a6eb8b870187e785883ddad96947299587908f1a7ec2ca0f4be5f0'],
      [491_603, 'f7ef403d48dc18a89dae0d83d11ee69cecb6e1c12c3a961d03712e495c02a8fa'],
      [28_908_322, '5ec835bd5d5b1a66378a132e727fef20fe994b3cc666899befcca5ac766f50cd'],
      [81_839, '501e305eeeacb093b162592d80e8a2632040872360fa6d85cfcb2200d91ca92a'],
    ],
  }),
  emnist('bymerge', {
    title: 'digits and letters, as often as people wrote them',
    training: 697_932,
    test: 116_323,
    classes: 47,
    files: [
      [undefined, '39bf8c68037dad40db35348895f7e4e056e8c0a005ab78869c9fbc2c96e947be'],
      [undefined, '2c47293b9e62d6abf6ad05fbf67e40baa32adfd380b8d7b44dcc35534b64e1f1'],
      [undefined, '5e5815ec1b522089134435f7c55e75a00960b58414793593ffff23efc0821683'],
      [undefined, '8bda1516255683ba9071e141947ca0c91a911176065cdd6259b0b4d8dc5b5f35'],
    ],
  }),
];

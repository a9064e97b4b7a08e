package io.modeldepot.mirror.demo;

/**
 * How wide the tensors of a demonstration model are; its layers are as many as the real one has.
 *
 * @param layers layers
 * @param hidden hidden size
 * @param inner inner size of the feed-forward part
 * @param keyValue key and value heads times head size
 */
record Width(int layers, int hidden, int inner, int keyValue) {
  /** A byte is a token. */
  static final int VOCABULARY = 256;
}

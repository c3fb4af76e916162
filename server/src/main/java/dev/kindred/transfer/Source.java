package dev.kindred.transfer;

import dev.kindred.json.JsonReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The records of a file, one after the other, as what the API takes; only one is held at a time.
 * Not for several threads.
 */
interface Source extends Closeable {

  /**
   * Goes to the next record, if there is one.
   *
   * @throws dev.kindred.domain.KindredException if the file cannot be followed any further
   */
  boolean next() throws IOException;

  /** Where the record stands: the number of its line, or of the record where there are no lines. */
  long line();

  /**
   * A reader at the record.
   *
   * @throws dev.kindred.domain.KindredException if this record cannot be read
   */
  JsonReader record();

  /** How many bytes the record takes as it stands in the file. */
  int bytes();

  /** Copies the record as it stands in the file. */
  void copyTo(byte[] target, int offset);

  RecordKind kind();

  Format format();

  /** What becomes of which column, a sentence each; for people. */
  List<String> described();

  /** What is accepted, and yet worth a word. */
  List<String> warnings();
}

package dev.kindred.json;

import java.util.Arrays;

/** Bytes that grow at their end. */
final class Bytes {

  private byte[] array;
  private int size;

  Bytes(int capacity) {
    array = new byte[capacity];
  }

  void add(int b) {
    if (size == array.length) grow(1);
    array[size++] = (byte) b;
  }

  void add(byte[] source, int from, int to) {
    int length = to - from;
    if (array.length - size < length) grow(length);
    System.arraycopy(source, from, array, size, length);
    size += length;
  }

  /** Adds a character in UTF-8. */
  void addCodePoint(int c) {
    if (c < 0x80) {
      add(c);
    } else if (c < 0x800) {
      add(0xc0 | c >> 6);
      add(continued(c));
    } else if (c < 0x10000) {
      add(0xe0 | c >> 12);
      add(continued(c >> 6));
      add(continued(c));
    } else {
      add(0xf0 | c >> 18);
      add(continued(c >> 12));
      add(continued(c >> 6));
      add(continued(c));
    }
  }

  private static int continued(int c) {
    return 0x80 | (c & 0x3f);
  }

  /** Makes room for so many more bytes, which the caller then writes and claims. */
  byte[] room(int length) {
    if (array.length - size < length) grow(length);
    return array;
  }

  void claim(int length) {
    size += length;
  }

  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  /** Forgets everything from there on. */
  void cutTo(int length) {
    size = length;
  }

  byte[] copy() {
    return Arrays.copyOf(array, size);
  }

  private void grow(int length) {
    int wanted = Math.addExact(size, length);
    array =
        Arrays.copyOf(
            array, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(wanted, array.length * 2L)));
  }
}

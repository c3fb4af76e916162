package dev.kindred.follow;

/**
 * 64 bits that tell contents apart: two of a hundred million differ with a chance of all but one in
 * four thousand. Where they do not, a row that is gone is believed to be there, or a change is seen
 * one comparison late.
 */
final class Fingerprint {

  private long state = 0x9E3779B97F4A7C15L;

  Fingerprint add(String text) {
    for (int i = 0; i < text.length(); i++) mix(text.charAt(i));
    return add(text.length());
  }

  Fingerprint add(byte[] bytes) {
    for (byte b : bytes) mix(b);
    return add(bytes.length);
  }

  Fingerprint add(long number) {
    mix(number ^ 0xC2B2AE3D27D4EB4FL);
    return this;
  }

  long value() {
    long mixed = state;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 32);
  }

  private void mix(long value) {
    state = Long.rotateLeft((state ^ value) * 0x9FB21C651E98DF25L, 27) + 0x52DCE729L;
  }
}

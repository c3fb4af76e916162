package dev.kindred.http;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Names for requests: the caller's own where it is fit to be one, else new ones. */
final class RequestIds {

  private static final int LONGEST = 128;
  private static final char[] DIGITS = "0123456789abcdefghijklmnopqrstuv".toCharArray();

  // A random start that counts up through a mixing function: never twice in a process, and not
  // twice between processes for any practical purpose.
  private final AtomicLong next;
  private final long process;

  RequestIds(long seed) {
    var random = new SplittableRandom(seed);
    this.next = new AtomicLong(random.nextLong());
    this.process = random.nextLong();
  }

  String of(@Nullable String sent) {
    return sent != null && isFit(sent) ? sent : make();
  }

  private static boolean isFit(String sent) {
    if (sent.isEmpty() || sent.length() > LONGEST) return false;
    for (int i = 0; i < sent.length(); i++) {
      char c = sent.charAt(i);
      boolean fit =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '-';
      if (!fit) return false;
    }
    return true;
  }

  String make() {
    long mixed = mix(next.incrementAndGet());
    char[] id = new char[20];
    for (int i = 0; i < 13; i++) id[i] = DIGITS[(int) (mixed >>> (5 * i)) & 31];
    for (int i = 13; i < 20; i++) id[i] = DIGITS[(int) (process >>> (5 * (i - 13))) & 31];
    return new String(id);
  }

  /** A bijection, so that different counts give different ids. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

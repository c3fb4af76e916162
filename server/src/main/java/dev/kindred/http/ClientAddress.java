package dev.kindred.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Whose address a request comes from, however many proxies it passed. */
final class ClientAddress {

  private static final int HOPS_MAX = 20;

  private final Networks trusted;

  ClientAddress(Networks trusted) {
    this.trusted = trusted;
  }

  /**
   * The nearest address that is not a trusted proxy's.
   *
   * @param forwardedFor the {@code X-Forwarded-For} header; null where there is none. It counts
   *     only as far as trusted proxies wrote it
   */
  InetAddress of(InetAddress peer, @Nullable String forwardedFor) {
    if (forwardedFor == null || !trusted.contain(peer)) return peer;
    InetAddress nearest = peer;
    int end = forwardedFor.length();
    for (int hop = 0; hop < HOPS_MAX && end > 0; hop++) {
      int comma = forwardedFor.lastIndexOf(',', end - 1);
      InetAddress said = parse(forwardedFor.substring(comma + 1, end).strip());
      if (said == null) return nearest;
      nearest = said;
      if (!trusted.contain(nearest)) return nearest;
      end = comma;
    }
    return nearest;
  }

  private static @Nullable InetAddress parse(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }

  /**
   * The name under which an address is counted. One caller has a whole /64 of IPv6 at their hands,
   * so that is one name.
   */
  static String countedAs(InetAddress address) {
    if (!(address instanceof Inet6Address)) return address.getHostAddress();
    byte[] bytes = address.getAddress();
    var name = new StringBuilder(24);
    for (int i = 0; i < 8; i += 2) {
      name.append(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)))
          .append(':');
    }
    return name.append(":/64").toString();
  }
}

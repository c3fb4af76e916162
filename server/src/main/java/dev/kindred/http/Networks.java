package dev.kindred.http;

import java.net.InetAddress;
import java.util.List;

/** A set of addresses, given one by one or as CIDR blocks: {@code 10.0.0.0/8}, {@code ::1}. */
final class Networks {

  private final List<Network> networks;

  private record Network(byte[] prefix, int bits) {

    static Network parse(String text) {
      int slash = text.indexOf('/');
      byte[] prefix =
          InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
      int whole = prefix.length * 8;
      int bits = slash < 0 ? whole : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > whole) throw new IllegalArgumentException("not a network: " + text);
      return new Network(prefix, bits);
    }

    boolean contains(byte[] address) {
      if (address.length != prefix.length) return false;
      int bytes = bits / 8;
      for (int i = 0; i < bytes; i++) if (address[i] != prefix[i]) return false;
      int rest = bits % 8;
      return rest == 0 || (address[bytes] ^ prefix[bytes]) >> (8 - rest) << (8 - rest) == 0;
    }
  }

  private Networks(List<Network> networks) {
    this.networks = networks;
  }

  static Networks of(List<String> texts) {
    return new Networks(texts.stream().map(String::strip).map(Network::parse).toList());
  }

  boolean isEmpty() {
    return networks.isEmpty();
  }

  boolean contain(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Network network : networks) if (network.contains(bytes)) return true;
    return false;
  }
}

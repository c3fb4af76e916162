package dev.kindred.webhooks;

import dev.kindred.domain.InvalidRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses a webhook may reach: those of the open internet. Otherwise a tenant could have
 * the server call what only the server can reach.
 *
 * <p>A name is looked up once a connection, every address it stands for is judged, and the
 * connection goes to one of exactly these: a name that leads elsewhere a moment later gains
 * nothing.
 */
public final class Addresses {

  /** Looks names up. */
  @FunctionalInterface
  public interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private static final int TRIED_MAX = 4;

  /** What is not the open internet: networks of both kinds, as {@code address/bits}. */
  private static final List<Network> CLOSED =
      networks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // shared by a provider's customers
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local; clouds keep their secrets there
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // relays to IPv6
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4", // reserved, and broadcast
          "::/96", // unspecified, loopback, IPv4-compatible
          "64:ff9b:1::/48", // translation within a network
          "100::/64", // discard
          "2001::/23", // protocol assignments, Teredo among them
          "2001:db8::/32", // documentation
          "3fff::/20", // documentation
          "5f00::/16", // segment routing
          "fc00::/7", // unique-local
          "fe80::/10", // link-local
          "fec0::/10", // site-local
          "ff00::/8"); // multicast

  /** An IPv6 network whose addresses carry one of IPv4, and at which byte that begins. */
  private record Carrier(Network network, int at) {}

  private static final List<Carrier> CARRIERS =
      List.of(
          new Carrier(Network.of("::ffff:0:0:0/96"), 12),
          new Carrier(Network.of("64:ff9b::/96"), 12),
          new Carrier(Network.of("2002::/16"), 2));

  private final Resolver resolver;
  private final boolean mayBePrivate;

  /**
   * Judges addresses.
   *
   * @param mayBePrivate lets all of them pass
   */
  public Addresses(Resolver resolver, boolean mayBePrivate) {
    this.resolver = resolver;
    this.mayBePrivate = mayBePrivate;
  }

  /** Those that the system's names lead to. */
  public static Addresses of(boolean mayBePrivate) {
    return new Addresses(InetAddress::getAllByName, mayBePrivate);
  }

  /** The addresses to connect to, in turn. */
  List<InetAddress> of(Target target) throws UnknownHostException, ForbiddenAddress {
    InetAddress[] all = resolver.resolve(target.host());
    for (InetAddress address : all) {
      if (!mayBePrivate && !isOpen(address)) throw new ForbiddenAddress(target.host());
    }
    return Arrays.stream(all).limit(TRIED_MAX).toList();
  }

  /** Refuses an address that is written out and may not be reached; names are judged later. */
  public void requireAllowed(Target target) {
    boolean isLiteral = target.host().contains(":") || target.host().matches("[0-9.]+");
    if (!isLiteral || mayBePrivate) return;
    try {
      for (InetAddress address : InetAddress.getAllByName(target.host())) {
        if (!isOpen(address)) {
          throw InvalidRequest.at("/url", ForbiddenAddress.sentence(target.host()));
        }
      }
    } catch (UnknownHostException e) {
      throw InvalidRequest.at("/url", "url must name a host, got '" + target.host() + "'");
    }
  }

  /** Whether an address is one of the open internet. */
  static boolean isOpen(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Network network : CLOSED) if (network.holds(bytes)) return false;
    for (Carrier carrier : CARRIERS) {
      if (carrier.network().holds(bytes)) {
        byte[] carried = Arrays.copyOfRange(bytes, carrier.at(), carrier.at() + 4);
        return CLOSED.stream().noneMatch(network -> network.holds(carried));
      }
    }
    return true;
  }

  private static List<Network> networks(String... networks) {
    return Arrays.stream(networks).map(Network::of).toList();
  }

  /** All addresses that begin with the same bits. */
  private record Network(byte[] first, int bits) {

    static Network of(String text) {
      int slash = text.indexOf('/');
      try {
        byte[] first = InetAddress.getByName(text.substring(0, slash)).getAddress();
        return new Network(first, Integer.parseInt(text.substring(slash + 1)));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(text, e);
      }
    }

    boolean holds(byte[] address) {
      if (address.length != first.length) return false;
      for (int bit = 0; bit < bits; bit += 8) {
        int mask = 0xff << Math.max(0, 8 - (bits - bit));
        if (((address[bit / 8] ^ first[bit / 8]) & mask & 0xff) != 0) return false;
      }
      return true;
    }
  }
}

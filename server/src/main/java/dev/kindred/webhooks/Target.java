package dev.kindred.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.InvalidRequest;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Where a webhook's address leads.
 *
 * @param host a name in ASCII, or an address without brackets
 * @param path path and query as they go over the wire
 */
public record Target(boolean isSecure, String host, int port, String path) {

  /** What is wrong with an address is told as a refusal. */
  public static Target of(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw invalid("url must be an http or https address", url);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw invalid("url must begin with https:// or http://", url);
    }
    String host = host(uri);
    if (host.isEmpty()) throw invalid("url must name a host", url);
    if (uri.getRawUserInfo() != null) throw invalid("url must not hold a user or password", "…");
    if (uri.getRawFragment() != null) throw invalid("url must not have a fragment (#…)", url);
    int port = uri.getPort();
    if (port == 0 || port > 65_535) throw invalid("url must have a port from 1 to 65535", url);
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    boolean isSecure = scheme.equals("https");
    return new Target(isSecure, host, port < 0 ? (isSecure ? 443 : 80) : port, ascii(path + query));
  }

  private static String host(URI uri) {
    String host = uri.getHost();
    if (host == null) {
      // URI leaves names with letters beyond ASCII in the authority.
      String authority = uri.getRawAuthority();
      if (authority == null || authority.contains("@")) return "";
      host = authority.replaceFirst(":[0-9]*$", "");
    }
    if (host.startsWith("[")) return host.substring(1, host.length() - 1);
    try {
      return IDN.toASCII(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String ascii(String pathAndQuery) {
    var ascii = new StringBuilder(pathAndQuery.length());
    for (byte b : pathAndQuery.getBytes(UTF_8)) {
      if (b >= 0) ascii.append((char) b);
      else ascii.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
    }
    return ascii.toString();
  }

  private static InvalidRequest invalid(String what, String url) {
    String shown = url.length() > 100 ? url.substring(0, 100) + "…" : url;
    return InvalidRequest.at("/url", what + ", got '" + shown + "'");
  }

  /** What stands in the Host header. */
  String authority() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return port == (isSecure ? 443 : 80) ? name : name + ":" + port;
  }
}

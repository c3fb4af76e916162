package dev.kindred.webhooks;

import java.io.IOException;

/** A webhook's host leads to an address that webhooks may not reach. */
final class ForbiddenAddress extends IOException {

  private static final long serialVersionUID = 1L;

  ForbiddenAddress(String host) {
    super(sentence(host));
  }

  static String sentence(String host) {
    return host
        + " leads to a loopback, private, link-local or reserved address;"
        + " WEBHOOK_ALLOW_PRIVATE=true allows such";
  }
}

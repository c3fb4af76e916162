package dev.kindred.collect;

import dev.kindred.domain.InvalidRequest;

/** Refuses what lacks a field. */
final class Required {

  private Required() {}

  static InvalidRequest field(String place, String name) {
    return InvalidRequest.at(place + "/" + name, name + " is required");
  }
}

package dev.kindred.domain;

/** What a tenant calls a user. */
public record UserId(String value) {

  public UserId {
    Text.id("user_id", value, 255);
  }

  @Override
  public String toString() {
    return value;
  }
}

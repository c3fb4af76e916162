package dev.kindred.domain;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An address that is told what happens.
 *
 * @param since the position of its creation, and its number; what came later is told. 0 as long as
 *     it is not stored
 * @param secret what messages are signed with
 * @param previous the secret before that, while it is still good
 */
public record Webhook(
    String id,
    TenantId tenant,
    long since,
    String url,
    Set<Topic> topics,
    String secret,
    Optional<Previous> previous,
    Instant createdAt) {

  /** So many a tenant may have. */
  public static final int PER_TENANT_MAX = 50;

  private static final int URL_MAX = 2_000;

  /** A secret that was replaced, and until when messages are signed with it too. */
  public record Previous(String secret, Instant until) {}

  public Webhook {
    topics = Set.copyOf(topics);
    if (url.length() > URL_MAX) {
      throw new InvalidRequest(
          "url must have at most " + URL_MAX + " characters, got " + url.length());
    }
    if (topics.isEmpty()) throw new InvalidRequest("events must name at least one event");
  }

  /** Its topics in their order. */
  public List<Topic> topicsInOrder() {
    return List.copyOf(EnumSet.copyOf(topics));
  }

  /** The secrets that are good then, the newest first. */
  public List<String> secretsAt(Instant now) {
    return previous
        .filter(old -> now.isBefore(old.until()))
        .map(old -> List.of(secret, old.secret()))
        .orElse(List.of(secret));
  }

  public boolean wants(Topic topic) {
    return topics.contains(topic);
  }

  @Override
  public String toString() {
    return "webhook " + id + " of " + tenant;
  }
}

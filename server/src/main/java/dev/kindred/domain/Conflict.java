package dev.kindred.domain;

import java.util.List;
import java.util.stream.Collectors;

/** What was asked does not fit what is stored already. */
public final class Conflict extends KindredException {

  private static final long serialVersionUID = 1L;

  private Conflict(ErrorCode code, String message) {
    super(code, message);
  }

  public Conflict(String message) {
    this(ErrorCode.CONFLICT, message);
  }

  public static Conflict exists(EntityKey key) {
    return new Conflict(
        "entity " + key + " exists already; send ?upsert=true or PUT to replace it");
  }

  public static Conflict jobHasEnded(String jobId) {
    return new Conflict("job '" + jobId + "' has ended already and can write no more");
  }

  public static Conflict tooManyWebhooks() {
    return new Conflict("a tenant may have at most " + Webhook.PER_TENANT_MAX + " webhooks");
  }

  public static Conflict ambiguous(EntityId id, List<EntityType> types) {
    String names = types.stream().map(EntityType::value).sorted().collect(Collectors.joining(", "));
    return new Conflict(
        ErrorCode.AMBIGUOUS_ENTITY,
        "several entities have the id '" + id + "'; name one by entity_type: " + names);
  }
}

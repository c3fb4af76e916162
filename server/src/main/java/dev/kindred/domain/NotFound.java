package dev.kindred.domain;

/** Nothing of that name is stored. */
public final class NotFound extends KindredException {

  private static final long serialVersionUID = 1L;

  private NotFound(ErrorCode code, String message) {
    super(code, message);
  }

  public static NotFound entity(EntityRef entity) {
    return new NotFound(ErrorCode.ENTITY_NOT_FOUND, "there is no entity " + entity);
  }

  public static NotFound user(UserId user) {
    return new NotFound(ErrorCode.USER_NOT_FOUND, "there is no user '" + user + "'");
  }

  public static NotFound tenant(TenantId tenant) {
    return new NotFound(ErrorCode.TENANT_NOT_FOUND, "there is no tenant '" + tenant + "'");
  }

  public static NotFound interactionType(String name) {
    return new NotFound(
        ErrorCode.INTERACTION_TYPE_NOT_FOUND, "there is no interaction type '" + name + "'");
  }

  public static NotFound interaction(Change.RemoveInteraction wanted) {
    return of(
        "interaction",
        wanted.user() + " " + wanted.type() + " " + wanted.entity() + " " + wanted.at());
  }

  public static NotFound experiment(String name) {
    return of("experiment", name);
  }

  /** Somebody who is not in an experiment. */
  public static NotFound userOf(String experiment, UserId user) {
    return new NotFound(
        ErrorCode.USER_NOT_FOUND,
        "user '"
            + user
            + "' is not in experiment '"
            + experiment
            + "'; assign them first, or they would count as nobody's");
  }

  public static NotFound deadLetter(long position) {
    return of("dead letter", Long.toString(position));
  }

  /** Anything else, for example a job or a key. */
  public static NotFound of(String what, String id) {
    return new NotFound(ErrorCode.NOT_FOUND, "there is no " + what + " '" + id + "'");
  }
}

package dev.kindred.domain;

/**
 * A line of the log, as a reader of it needs it: in numbers. Users, entities and interaction types
 * go by the numbers that the store gave them ({@code Catalog}, {@code Users} and {@code
 * InteractionTypes} say whose they are).
 */
public sealed interface Event {

  long position();

  /** The tenant's number. */
  int tenant();

  /** Whether a user stands in it, so that it goes with them; the receipt of an erasure stays. */
  default boolean isAbout(int user) {
    return switch (this) {
      case Interacted interacted -> interacted.user() == user;
      case Reweighed reweighed -> reweighed.user() == user;
      case InteractionRemoved removed -> removed.user() == user;
      case SumTaken taken -> taken.sum().user() == user;
      case SumGiven given -> given.sum().user() == user;
      case UserPut put -> put.user() == user;
      case Exposed exposed -> exposed.user() == user;
      case Converted converted -> converted.user() == user;
      case UserErased _,
          EntityPut _,
          EntityDeleted _,
          InteractionTypeChanged _,
          SettingsChanged _,
          FeatureStatisticsChanged _,
          ExperimentChanged _,
          KeysChanged _,
          BehavioursPurged _,
          ListsShown _,
          JobChanged _,
          WebhooksChanged _,
          Noticed _ ->
          false;
    };
  }

  /**
   * A user did something.
   *
   * @param weight its own weight as it was first sent, or NaN where its type's counts
   * @param atMicros when it happened, in microseconds since 1970
   * @param measures what came with it to be measured, as it was first sent
   */
  record Interacted(
      long position,
      int tenant,
      int user,
      int entity,
      int type,
      float weight,
      long atMicros,
      Measures measures)
      implements Event {

    /** One that came with nothing to be measured. */
    public Interacted(
        long position, int tenant, int user, int entity, int type, float weight, long atMicros) {
      this(position, tenant, user, entity, type, weight, atMicros, Measures.NONE);
    }
  }

  /**
   * The interaction at {@code original} was sent again with another weight or other measures.
   *
   * @param before what it counted until then
   */
  record Reweighed(
      long position,
      int tenant,
      long original,
      int user,
      int entity,
      int type,
      float weight,
      Measures measures,
      Counted before)
      implements Event {}

  /** What an interaction counts: its own weight, or NaN where its type's counts, and measures. */
  record Counted(float weight, Measures measures) {}

  /**
   * An interaction was taken back. Its own line, and those that gave it other weights, stand before
   * this one.
   *
   * @param weight its own weight in the end, or NaN where its type's counted
   * @param atMicros when it had happened
   * @param measures what it was measured by in the end
   */
  record InteractionRemoved(
      long position,
      int tenant,
      int user,
      int entity,
      int type,
      float weight,
      long atMicros,
      Measures measures)
      implements Event {

    /** One that came with nothing to be measured. */
    public InteractionRemoved(
        long position, int tenant, int user, int entity, int type, float weight, long atMicros) {
      this(position, tenant, user, entity, type, weight, atMicros, Measures.NONE);
    }
  }

  /** An entity was created or changed; the catalog knows its newest state. */
  record EntityPut(long position, int tenant, int entity) implements Event {}

  record EntityDeleted(long position, int tenant, int entity) implements Event {}

  record UserPut(long position, int tenant, int user) implements Event {}

  record UserErased(long position, int tenant, int user) implements Event {}

  record InteractionTypeChanged(long position, int tenant, int type) implements Event {}

  record SettingsChanged(long position, int tenant) implements Event {}

  /** Vectors of this tenant are made with newer statistics from here on. */
  record FeatureStatisticsChanged(long position, int tenant) implements Event {}

  /** A key was created or revoked; {@code tenant} is 0 for a key of all tenants. */
  record KeysChanged(long position, int tenant) implements Event {}

  record JobChanged(long position, int tenant) implements Event {}

  /** The behaviours before then are no longer kept one by one. */
  record BehavioursPurged(long position, int tenant, long beforeMicros) implements Event {}

  /**
   * A sum of behaviours is no longer a user's, because they were merged into another or a merge was
   * undone. The newest sums say so already: this is for whoever has counted them before.
   */
  record SumTaken(long position, BehaviourSum sum) implements Event {
    @Override
    public int tenant() {
      return sum.tenant();
    }
  }

  /** A sum of behaviours that was another user's is this one's now. */
  record SumGiven(long position, BehaviourSum sum) implements Event {
    @Override
    public int tenant() {
      return sum.tenant();
    }
  }

  /** An experiment was created, or is another version now. */
  record ExperimentChanged(long position, int tenant, int experiment) implements Event {}

  /** A user came into an experiment; the variant by its place in the design. */
  record Exposed(long position, int tenant, int experiment, int user, int variant, long atMicros)
      implements Event {}

  /** Lists were shown; {@code ShownLists} knows which, and to whom. */
  record ListsShown(long position, int tenant) implements Event {}

  /** A user of an experiment did what it is about; the metric by its place in the design. */
  record Converted(
      long position, int tenant, int experiment, int user, int metric, double value, long atMicros)
      implements Event {}

  /** A webhook was created, changed or deleted, or has dead letters to try again. */
  record WebhooksChanged(long position, int tenant) implements Event {}

  /** There is something to tell webhooks. */
  record Noticed(long position, int tenant, Topic topic) implements Event {}
}

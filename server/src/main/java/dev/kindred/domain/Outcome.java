package dev.kindred.domain;

import java.time.Instant;

/**
 * What became of a {@link Change}: kept, or refused for a reason that the caller can understand.
 */
public sealed interface Outcome {

  record EntityStored(Entity entity, long position, boolean created) implements Outcome {}

  record EntityDeleted(EntityKey key, long position) implements Outcome {}

  /**
   * The interaction is kept.
   *
   * @param duplicate whether it was stored before under the same {@code event_id}, so that nothing
   *     was stored now
   * @param typeIsRegistered whether somebody had registered its type
   */
  record InteractionStored(
      RecordedInteraction interaction, long position, boolean duplicate, boolean typeIsRegistered)
      implements Outcome {}

  /**
   * The interaction is taken back.
   *
   * @param removed where it had been stored
   */
  record InteractionRemoved(long removed, long position) implements Outcome {}

  record UserStored(UserProfile user, long position, boolean created) implements Outcome {}

  /** The receipt: what was removed, and when in the order of things. */
  record UserErased(UserId user, long position, long interactionsRemoved) implements Outcome {}

  /** What one did is the other's now, or one's own again. */
  record UsersMerged(UserMerge merge, long position) implements Outcome {}

  record InteractionTypeStored(InteractionType type, long position, boolean created)
      implements Outcome {}

  record InteractionTypeDeleted(String name, long position) implements Outcome {}

  record TenantSettingsStored(TenantSettings settings, long position) implements Outcome {}

  record FeatureStatisticsStored(int version, long position) implements Outcome {}

  record KeyStored(ApiKey key, long position) implements Outcome {}

  record JobStored(Job job, long position) implements Outcome {}

  record BehavioursPurged(long position) implements Outcome {}

  record ExperimentStored(Experiment experiment, long position, boolean created)
      implements Outcome {}

  /**
   * The user is in the experiment.
   *
   * @param at when they came first
   * @param first whether that was now
   * @param position where their coming stands in the log
   */
  record ExposureStored(
      String experiment, UserId user, String variant, Instant at, boolean first, long position)
      implements Outcome {}

  /**
   * The conversion was taken.
   *
   * @param counted whether it came within the attribution window; else nothing was kept
   * @param position 0 where nothing was kept
   */
  record ConversionStored(
      String experiment, UserId user, String variant, String metric, boolean counted, long position)
      implements Outcome {}

  record WebhookStored(Webhook webhook, long position) implements Outcome {}

  record WebhookDeleted(String webhookId, long position) implements Outcome {}

  /** So many dead letters are going to be tried once more. */
  record DeadLettersWanted(int count, long position) implements Outcome {}

  /** A notice is kept; position 0 where no webhook wants to know. */
  record Told(long position) implements Outcome {}

  record ShownKept(int lists, long position) implements Outcome {}

  record Refused(KindredException reason) implements Outcome {}
}

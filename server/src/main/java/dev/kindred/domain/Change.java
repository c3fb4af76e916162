package dev.kindred.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** One thing that is to be kept. Every accepted change has a place in the log. */
public sealed interface Change {

  /** What to do where an entity of that key is stored already, or is not. */
  enum PutMode {
    /** It must be new. */
    CREATE,
    /** It must be there. */
    REPLACE,
    /** Either. */
    UPSERT
  }

  record PutEntity(EntityDraft entity, PutMode mode) implements Change {}

  /**
   * Changes a stored entity.
   *
   * @param bytes about how much memory the edit takes while it waits
   * @param edit from what is stored now to what is to be; pure, quick, and may refuse by throwing
   *     {@link KindredException}
   */
  record EditEntity(EntityKey key, long bytes, Function<Entity, EntityDraft> edit)
      implements Change {

    /** An edit that holds next to nothing. */
    public EditEntity(EntityKey key, Function<Entity, EntityDraft> edit) {
      this(key, 0, edit);
    }
  }

  /**
   * Deletes a stored entity. Its number retires with it: what was done with it stays for the record
   * and counts no more, and an entity that comes under the same key later is another one.
   */
  record DeleteEntity(EntityKey key) implements Change {}

  /**
   * Keeps what a user did.
   *
   * <ul>
   *   <li>An {@code event_id} that the tenant sent before: nothing is stored, and the outcome tells
   *       what was stored then, whatever else this one says.
   *   <li>An entity without a type is the stored one of that id; refused if there are several; a
   *       {@code product} if there is none. One that is not stored yet gets its number now and
   *       keeps it when it comes.
   *   <li>The same user, entity, type and given time as one that is there, to the microsecond: that
   *       one stays in its place and takes the weight and the metadata of this one.
   *   <li>If the time was not given, the next microsecond counts at which nothing is the same.
   * </ul>
   */
  record RecordInteraction(Interaction interaction) implements Change {}

  /**
   * Takes back an interaction: it is shown and counts no more, as if it had never been, while the
   * log keeps both that it happened and that it was taken back. What is recorded alike afterwards
   * is a new one.
   *
   * @param at when it happened, to the microsecond
   */
  record RemoveInteraction(UserId user, EntityKey entity, String type, Instant at)
      implements Change {}

  /** Creates the user or replaces their attributes. */
  record PutUser(UserId user, JsonObject attributes) implements Change {}

  /**
   * Removes every row and reference of a user, their events in the log and the remembered answers
   * about them too; a receipt stays. What jobs say of them that have been started and have not
   * ended is refused from then on.
   */
  record EraseUser(UserId user) implements Change {}

  /**
   * Moves what one user did to another, and gives them those attributes that they have not. Each
   * interaction is taken back and recorded anew, at the next free microsecond if its own is taken;
   * those with deleted entities stay. Can be undone.
   */
  record MergeUsers(String mergeId, UserId from, UserId into) implements Change {

    public MergeUsers {
      Text.id("merge_id", mergeId, 100);
      if (from.equals(into)) {
        throw new InvalidRequest(
            "a user cannot be merged into themselves, got '" + from + "' twice");
      }
    }
  }

  /** Moves back what a merge moved and is still there. */
  record UndoMerge(String mergeId) implements Change {}

  /** Registers a type or changes it; times are set by the store. */
  record PutInteractionType(
      String name,
      double weight,
      Optional<String> description,
      java.util.OptionalDouble halfLifeDays)
      implements Change {

    public PutInteractionType {
      InteractionType.requireName(name);
      Interaction.requireWeight("weight", weight);
    }
  }

  /**
   * Forgets what was registered about a type: it counts what an unregistered one of that name does.
   * A built-in type is then as it was at the start.
   */
  record DeleteInteractionType(String name) implements Change {}

  /** Replaces a tenant's own settings; every version is kept. */
  record PutTenantSettings(JsonObject settings) implements Change {}

  /**
   * Puts the next version of what is known about a tenant's features in force; made vectors follow.
   * Any other version than the next is refused, since somebody else was quicker.
   */
  record PutFeatureStatistics(FeatureStatisticsBytes statistics) implements Change {}

  record CreateKey(ApiKey key) implements Change {}

  /** Revokes a key; one that is revoked already stays so since the first time. */
  record RevokeKey(String keyId) implements Change {}

  /** What concerns webhooks. */
  sealed interface OfWebhooks extends Change {

    record Create(Webhook webhook) implements OfWebhooks {}

    /** Puts another secret in force; the one before is good until then. */
    record RotateSecret(String webhookId, String secret, Instant previousUntil)
        implements OfWebhooks {}

    /** Removes it with everything that was to be told and what is known of that. */
    record Delete(String webhookId) implements OfWebhooks {}

    /** Asks for dead letters to be tried once more: the one of that position, or all. */
    record Replay(String webhookId, OptionalLong position) implements OfWebhooks {}

    /** Tells the tenant's webhooks that want to know; nothing is kept where there are none. */
    record Tell(Notice notice) implements OfWebhooks {}
  }

  /**
   * Lets the behaviours before then be kept one by one no longer; what they add up to stays. It is
   * said before they are taken out of the log, so that all who follow it leave them out at once.
   */
  record PurgeBehaviours(Instant before) implements Change {}

  /** Puts a job into the table; one of the replicas takes it from there. */
  record StartJob(Job.Draft job) implements Change {}

  /** Puts a job into the table that was done while its caller waited, for the record. */
  record RecordJob(Job job) implements Change {}

  /**
   * Asks a job to stop; one that has not begun is cancelled at once, one that has ended refuses.
   */
  record CancelJob(String jobId, Instant at) implements Change {}

  /** Keeps a new experiment, as a draft or running at once. */
  record CreateExperiment(String name, ExperimentDesign design, boolean started)
      implements Change {}

  /** Puts the next version of an experiment in force. */
  record EditExperiment(String name, Edit edit) implements Change {

    /** From what is stored now to what is to be; pure, quick, and may refuse. */
    @FunctionalInterface
    public interface Edit {
      /**
       * Makes the next version.
       *
       * @param others the tenant's other experiments
       */
      Experiment next(Experiment now, List<Experiment> others, Instant at);
    }
  }

  /**
   * Keeps that a user came into an experiment; the first time counts, and later ones change
   * nothing.
   *
   * @param variant the one that the client gave; absent where we assign
   */
  record RecordExposure(String experiment, UserId user, Optional<String> variant, Instant at)
      implements Change {

    public RecordExposure {
      at = at.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /**
   * Keeps lists that were shown, in one line of the log. One of a user who is not there is kept as
   * one for anybody.
   */
  record RecordShown(List<ShownList> lists) implements Change {
    public static final int LISTS_MAX = 1_000;

    public RecordShown {
      lists = List.copyOf(lists);
      if (lists.isEmpty() || lists.size() > LISTS_MAX) {
        throw new IllegalArgumentException("1 to " + LISTS_MAX + " lists, got " + lists.size());
      }
    }
  }

  /** Keeps that a user of an experiment did what it is about; refused for anybody else. */
  record RecordConversion(String experiment, UserId user, String metric, double value, Instant at)
      implements Change {

    private static final double LARGEST_VALUE = 1e12;

    public RecordConversion {
      at = at.truncatedTo(ChronoUnit.MICROS);
      if (!(Math.abs(value) <= LARGEST_VALUE)) {
        throw InvalidRequest.at("/value", "value must be between -1e12 and 1e12, got " + value);
      }
    }
  }
}

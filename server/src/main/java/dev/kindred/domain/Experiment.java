package dev.kindred.domain;

import dev.kindred.domain.ExperimentDesign.AssignedBy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Some users get one thing and some another, to find out which is better.
 *
 * @param version counts every change of it from 1
 * @param winner the variant that it was concluded with
 */
public record Experiment(
    String name,
    long version,
    State state,
    ExperimentDesign design,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> startedAt,
    Optional<Instant> stoppedAt,
    Optional<String> winner) {

  /** A tenant has so many at most. */
  public static final int PER_TENANT_MAX = 1_000;

  private static final int LONGEST_NAME = 128;

  /** What may be done with it; from each to the next, never back. */
  public enum State {
    /** It may still be changed; nobody is in it yet. */
    DRAFT,
    RUNNING,
    /** Nobody new comes in; late conversions of those who are in it count. */
    STOPPED,
    /** It is over, and its counts stay as they are. */
    CONCLUDED
  }

  public Experiment {
    requireName(name);
  }

  public static String requireName(String name) {
    return Text.id("name", name, LONGEST_NAME);
  }

  private static Experiment draft(String name, ExperimentDesign design, Instant now) {
    return new Experiment(
        name,
        1,
        State.DRAFT,
        design,
        now,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * A new one.
   *
   * @param others the tenant's other experiments
   */
  public static Experiment create(
      Change.CreateExperiment create, List<Experiment> others, Instant now) {
    if (others.stream().anyMatch(other -> other.name().equals(create.name()))) {
      throw new Conflict("there is an experiment " + Text.shown(create.name()) + " already");
    }
    if (others.size() >= PER_TENANT_MAX) {
      throw new Conflict("a tenant may have at most " + PER_TENANT_MAX + " experiments");
    }
    Experiment draft = draft(create.name(), create.design(), now);
    return create.started() ? draft.started(others, now) : draft;
  }

  /** Whether users come in at that time. */
  public boolean isOpenAt(Instant now) {
    return state == State.RUNNING
        && !now.isBefore(design.startDate())
        && (design.endDate().isEmpty() || now.isBefore(design.endDate().get()));
  }

  /** The variant of a user in an experiment whose users we assign. */
  public int variantOf(UserId user) {
    return Assignment.variantOf(name, user, design);
  }

  public Experiment redesigned(ExperimentDesign other, Instant now) {
    require(State.DRAFT, "be changed");
    return new Experiment(
        name, version + 1, state, other, createdAt, now, startedAt, stoppedAt, winner);
  }

  /**
   * Lets users in.
   *
   * @param others the tenant's other experiments: only one at a time may change recommendations, or
   *     nobody could say which of them made the difference
   */
  public Experiment started(List<Experiment> others, Instant now) {
    require(State.DRAFT, "be started");
    for (Experiment other : others) {
      if (design.isServed() && other.design.isServed() && other.state == State.RUNNING) {
        throw new Conflict(
            "experiment "
                + Text.shown(other.name)
                + " is changing recommendations now; stop it before another one does");
      }
    }
    return with(State.RUNNING, Optional.of(now), stoppedAt, winner, now);
  }

  public Experiment stopped(Instant now) {
    require(State.RUNNING, "be stopped");
    return with(State.STOPPED, startedAt, Optional.of(now), winner, now);
  }

  public Experiment concluded(String variant, Instant now) {
    require(State.STOPPED, "be concluded");
    design.requireVariant(variant);
    return with(State.CONCLUDED, startedAt, stoppedAt, Optional.of(variant), now);
  }

  /**
   * The variant of a user who comes for the first time; refused when nobody comes in.
   *
   * @param told the variant that the client says they got
   */
  public int variantOf(UserId user, Optional<String> told, Instant at) {
    requireOpenAt(at);
    if (design.assignedBy() == AssignedBy.CLIENT) {
      if (told.isEmpty()) {
        throw InvalidRequest.at(
            "/variant",
            "variant is required, since the client assigns the users of experiment "
                + Text.shown(name));
      }
      return design.requireVariant(told.get());
    }
    int assigned = variantOf(user);
    if (told.isPresent() && design.requireVariant(told.get()) != assigned) {
      throw new Conflict(
          "the user is in variant "
              + Text.shown(design.variants().get(assigned).name())
              + " of experiment "
              + Text.shown(name)
              + ", not in "
              + Text.shown(told.get()));
    }
    return assigned;
  }

  /** Whether what a user did counts who came at {@code exposed}; refused when it is over. */
  public boolean counts(Instant exposed, Instant at) {
    if (state != State.RUNNING && state != State.STOPPED) {
      throw new Conflict(
          "experiment " + Text.shown(name) + " counts no conversions while it is " + word(state));
    }
    return !at.isBefore(exposed) && !at.isAfter(exposed.plus(design.attributionWindow()));
  }

  private void requireOpenAt(Instant now) {
    if (isOpenAt(now)) return;
    String why =
        state == State.RUNNING
            ? "takes users from "
                + design.startDate()
                + design.endDate().map(end -> " until " + end).orElse(" on")
                + ", not at "
                + now
            : "takes users while it is running, and is " + word(state);
    throw new Conflict("experiment " + Text.shown(name) + " " + why);
  }

  private void require(State wanted, String what) {
    if (state == wanted) return;
    throw new Conflict(
        "experiment "
            + Text.shown(name)
            + " can "
            + what
            + " only while it is "
            + word(wanted)
            + ", and it is "
            + word(state));
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private Experiment with(
      State next,
      Optional<Instant> started,
      Optional<Instant> stopped,
      Optional<String> won,
      Instant now) {
    return new Experiment(name, version + 1, next, design, createdAt, now, started, stopped, won);
  }
}

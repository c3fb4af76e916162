package dev.kindred.follow;

import dev.kindred.domain.EligibilityRule;
import dev.kindred.domain.EntityType;
import java.util.Optional;

/** One query of the main database, and what its columns are to us. */
public sealed interface Source {

  /** Under which it is known: {@code items}, {@code users}, or the kind of interaction. */
  String name();

  /** The operator's own, without a semicolon. */
  String query();

  Watermark watermark();

  /** Whether the periodic comparison looks for rows that are gone. */
  boolean compared();

  /**
   * A column that grows whenever a row is written.
   *
   * @param column a time, a whole number, or PostgreSQL's own {@code xmin}
   * @param overlap how far behind the newest it is read again each time, since rows may be
   *     committed late: seconds for times, steps for numbers; absent: a minute, or 1 000. {@code
   *     xmin} needs none
   */
  record Watermark(String column, Optional<Long> overlap) {}

  /**
   * What may be recommended. Every column but key and watermark is an attribute.
   *
   * @param storedWhen in SQL, over the query's columns: other rows are not kept
   * @param eligibleWhen what may be shown to whom, when an answer is made
   */
  record Items(
      EntityType type,
      String query,
      String key,
      Watermark watermark,
      Optional<String> storedWhen,
      EligibilityRule eligibleWhen)
      implements Source {

    @Override
    public String name() {
      return "items";
    }

    @Override
    public boolean compared() {
      return true;
    }
  }

  /**
   * People. Every column but key and watermark is an attribute.
   *
   * @param eraseWhenGone whether somebody who is gone there is erased here
   */
  record Users(String query, String key, Watermark watermark, boolean eraseWhenGone)
      implements Source {

    @Override
    public String name() {
      return "users";
    }

    @Override
    public boolean compared() {
      return eraseWhenGone;
    }
  }

  /**
   * What people did, of one kind.
   *
   * @param name the type of the interactions
   * @param at the column that says when
   * @param weight the column that says how much it counts, where there is one
   * @param takenBack whether rows may go again, as likes do
   */
  record Deeds(
      String name,
      String query,
      String user,
      String item,
      EntityType itemType,
      String at,
      Watermark watermark,
      Optional<String> weight,
      boolean takenBack)
      implements Source {

    @Override
    public boolean compared() {
      return takenBack;
    }
  }
}

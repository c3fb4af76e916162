package dev.kindred.learn;

import dev.kindred.domain.InteractionType;
import dev.kindred.store.InteractionTypes.Numbered;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the interaction types of a tenant count, by their numbers. Never changes. */
public final class Kinds {
  static final Kinds NONE = new Kinds(List.of());

  private static final double MICROS_A_DAY = 86_400e6;

  private record Kind(String name, float weight, double halfLifeMicros, Sort sort) {
    /** What else than a weight matters about a type. */
    private enum Sort {
      RATING,
      PURCHASE,
      OTHER;

      static Sort of(String name) {
        return switch (name) {
          case InteractionType.RATING -> RATING;
          case InteractionType.PURCHASE -> PURCHASE;
          default -> OTHER;
        };
      }
    }

    static final Kind UNKNOWN =
        new Kind("unknown", (float) InteractionType.UNREGISTERED_WEIGHT, Double.NaN, Sort.OTHER);

    static Kind of(InteractionType type) {
      return new Kind(
          type.name(),
          (float) type.weight(),
          type.halfLifeDays().orElse(Double.NaN) * MICROS_A_DAY,
          Sort.of(type.name()));
    }
  }

  private final Kind[] kinds;

  private Kinds(List<Numbered> types) {
    int most = types.stream().mapToInt(Numbered::number).max().orElse(-1);
    kinds = new Kind[most + 1];
    Arrays.fill(kinds, Kind.UNKNOWN);
    for (Numbered numbered : types) kinds[numbered.number()] = Kind.of(numbered.type());
  }

  static Kinds of(List<Numbered> types) {
    return new Kinds(types);
  }

  boolean knows(int type) {
    return type < kinds.length && !kinds[type].equals(Kind.UNKNOWN);
  }

  /** Each of them in a word, to tell whether one has changed. */
  Set<String> words() {
    var words = new TreeSet<String>();
    for (int type = 0; type < kinds.length; type++) {
      if (knows(type)) words.add(type + " " + kinds[type]);
    }
    return words;
  }

  /** The number of a type that was ever used, or -1. */
  public int find(String name) {
    for (int type = 0; type < kinds.length; type++) {
      if (kinds[type].name().equals(name)) return type;
    }
    return -1;
  }

  public String name(int type) {
    return kind(type).name();
  }

  boolean isRating(int type) {
    return kind(type).sort() == Kind.Sort.RATING;
  }

  boolean isPurchase(int type) {
    return kind(type).sort() == Kind.Sort.PURCHASE;
  }

  /** What an interaction counts: its own weight where it has one, else its type's. */
  public float weight(int type, float own) {
    return Float.isNaN(own) ? kind(type).weight() : own;
  }

  /** How much of it is left at that age. */
  double left(int type, long ageMicros, double usualHalfLifeMicros) {
    double halfLife = kind(type).halfLifeMicros();
    if (Double.isNaN(halfLife)) halfLife = usualHalfLifeMicros;
    return halfLife > 0 && ageMicros > 0 ? Math.pow(2, -ageMicros / halfLife) : 1;
  }

  private Kind kind(int type) {
    return type < kinds.length ? kinds[type] : Kind.UNKNOWN;
  }
}

package dev.kindred.collect;

import java.util.function.Function;

/**
 * Names that were met lately, one object for each: of a long file most lines name somebody who
 * stands in it already. What is the same object is found equal without looking at its letters, and
 * a name is checked once.
 *
 * <p>A table with one place for each name, which the next one with the same place takes over. The
 * names cannot change, so that threads may share it: at worst one makes a name anew.
 */
final class Recent<T> implements Function<String, T> {

  /** A power of two: a table of half a megabyte, and the names that stand in it. */
  private static final int PLACES = 1 << 17;

  private final Function<String, T> make;
  private final Function<T, String> text;
  private final Object[] names = new Object[PLACES];

  /**
   * @param make what makes a name of a text, or refuses it
   * @param text the text that a name was made of
   */
  Recent(Function<String, T> make, Function<T, String> text) {
    this.make = make;
    this.text = text;
  }

  @Override
  @SuppressWarnings("unchecked") // only names are put there
  public T apply(String wanted) {
    int hash = wanted.hashCode();
    int place = (hash ^ hash >>> 15) & (PLACES - 1);
    T there = (T) names[place];
    if (there != null && text.apply(there).equals(wanted)) return there;
    T made = make.apply(wanted);
    names[place] = made;
    return made;
  }
}

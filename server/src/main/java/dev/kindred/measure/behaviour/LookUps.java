package dev.kindred.measure.behaviour;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What events left open, and has to be looked up before the next answer: writers do not wait for
 * it. Guarded by the tenant's lock.
 */
final class LookUps {

  private boolean types = true;

  /** By number: after a start these are all titles. */
  private final BitSet descriptions = new BitSet();

  /** Whose newest interaction was taken away, so that the next newest has to be found. */
  private final Set<Title> lastOfTitles = new HashSet<>();

  /** Whose newest interaction among those in sums may have been taken away. */
  private final Set<Integer> lastOfUsers = new TreeSet<>();

  boolean areNone() {
    return !types && descriptions.isEmpty() && lastOfTitles.isEmpty() && lastOfUsers.isEmpty();
  }

  void types() {
    types = true;
  }

  void descriptionOf(int entity) {
    descriptions.set(entity);
  }

  void noDescriptionOf(int entity) {
    descriptions.clear(entity);
  }

  void lastOf(Title title) {
    lastOfTitles.add(title);
  }

  void lastOfUser(int number) {
    lastOfUsers.add(number);
  }

  void nothingOfUser(int number) {
    lastOfUsers.remove(number);
  }

  // Whoever takes something looks it up, or puts it back.

  /** Whether the types have changed. */
  boolean takeTypes() {
    boolean taken = types;
    types = false;
    return taken;
  }

  /** Titles whose newest description is not known yet, at most so many. */
  List<Integer> takeDescriptions(int most) {
    List<Integer> taken = descriptions.stream().limit(most).boxed().toList();
    taken.forEach(descriptions::clear);
    return taken;
  }

  void putBackDescriptions(List<Integer> entities) {
    entities.forEach(descriptions::set);
  }

  /** Users of whom it is not known when they last did something, at most so many. */
  List<Integer> takeLastOfUsers(int most) {
    List<Integer> taken = lastOfUsers.stream().limit(most).toList();
    taken.forEach(lastOfUsers::remove);
    return taken;
  }

  void putBackLastOfUsers(List<Integer> numbers) {
    lastOfUsers.addAll(numbers);
  }

  Set<Title> takeLastOfTitles() {
    Set<Title> taken = Set.copyOf(lastOfTitles);
    lastOfTitles.clear();
    return taken;
  }

  // To be kept.

  int[] indexesOfTitles() {
    return lastOfTitles.stream().mapToInt(title -> title.index).toArray();
  }

  int[] numbersOfUsers() {
    return lastOfUsers.stream().mapToInt(Integer::intValue).toArray();
  }
}

package dev.kindred.learn;

import dev.kindred.domain.AttributeFilter;
import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of all items of a shelf, as codes: four bytes an item that has one value, a short
 * list where it has several. Made when a filter first asks for the attribute, and kept in step
 * then. One writer; readers are kept away while it writes.
 */
public final class Column {
  private static final int NONE = -1;
  private static final int SEVERAL = -2;
  private static final int[] NO_CODES = {};

  /** To put items in order takes as long as looking through them so many times. */
  private static final int BOUNDS_WORTH_AN_ORDER = 16;

  private final String attribute;
  private final Map<String, Integer> codes = new HashMap<>();

  /** The number that each code's text is, or NaN. */
  private double[] numbers = new double[16];

  private int[] single = {};
  private final Map<Integer, int[]> several = new HashMap<>();

  /** So many bounds have been looked up since the latest change. */
  private final AtomicInteger bounds = new AtomicInteger();

  // Null until so many bounds were looked up that it is worth while, and after every change.
  private volatile @Nullable NumberOrder order;

  Column(String attribute) {
    this.attribute = attribute;
  }

  void put(int item, JsonObject attributes) {
    var values = new ArrayList<String>();
    read(JsonReader.of(attributes), attribute, values);
    if (item >= single.length) {
      int known = single.length;
      single = Arrays.copyOf(single, Math.max(Math.max(16, item + 1), known + (known >> 1)));
      Arrays.fill(single, known, single.length, NONE);
    }
    several.remove(item);
    order = null;
    bounds.set(0);
    switch (values.size()) {
      case 0 -> single[item] = NONE;
      case 1 -> single[item] = code(values.getFirst());
      default -> {
        single[item] = SEVERAL;
        several.put(item, values.stream().mapToInt(this::code).toArray());
      }
    }
  }

  /** Which items meet a condition on this attribute. */
  public IntPredicate test(Condition condition) {
    return switch (condition.operator()) {
      case IN -> oneOf(codesOf(condition.values()));
      case NOT_IN -> oneOf(codesOf(condition.values())).negate();
      case AT_LEAST -> {
        double least = condition.bound();
        yield any(code -> numbers[code] >= least);
      }
      case AT_MOST -> {
        double most = condition.bound();
        yield any(code -> numbers[code] <= most);
      }
    };
  }

  /**
   * Which of some items meet a condition on this attribute: what {@link #test} says of each, in a
   * loop without calls, or for a bound without a look at each, since hardly anybody asks for a
   * price that somebody asked for before.
   */
  BitSet meeting(Condition condition, BitSet among) {
    BitSet meeting;
    NumberOrder inOrder = condition.operator().isBound() ? inOrder() : null;
    if (inOrder != null) {
      double bound = condition.bound();
      boolean isLeast = condition.operator() == AttributeFilter.Operator.AT_LEAST;
      meeting = isLeast ? inOrder.atLeast(bound) : inOrder.atMost(bound);
      meeting.and(among);
    } else if (condition.operator() == AttributeFilter.Operator.NOT_IN) {
      meeting = (BitSet) among.clone();
      meeting.andNot(having(passing(condition)));
    } else {
      meeting = having(passing(condition));
      meeting.and(among);
    }
    return meeting;
  }

  /**
   * The items in order, where enough bounds are looked up between two changes to make up for the
   * work; null where not, or where items have several values.
   */
  private @Nullable NumberOrder inOrder() {
    NumberOrder known = order;
    if (known != null || !several.isEmpty()) return known;
    // One of those that ask makes it; the others need not wait.
    if (bounds.incrementAndGet() != BOUNDS_WORTH_AN_ORDER) return null;
    NumberOrder made = NumberOrder.of(single, numbers, codes.size());
    order = made;
    return made;
  }

  /** By code: whether a value is within the bound, or one of those that are named. */
  private boolean[] passing(Condition condition) {
    boolean[] passing = new boolean[codes.size()];
    switch (condition.operator()) {
      case IN, NOT_IN -> {
        for (int code : codesOf(condition.values())) passing[code] = true;
      }
      case AT_LEAST -> {
        double least = condition.bound();
        for (int code = 0; code < passing.length; code++) passing[code] = numbers[code] >= least;
      }
      case AT_MOST -> {
        double most = condition.bound();
        for (int code = 0; code < passing.length; code++) passing[code] = numbers[code] <= most;
      }
    }
    return passing;
  }

  private BitSet having(boolean[] passing) {
    long[] words = new long[(single.length + 63) / 64];
    for (int item = 0; item < single.length; item++) {
      int code = single[item];
      if (code >= 0 && passing[code]) words[item >> 6] |= 1L << item;
    }
    several.forEach((item, all) -> {
      for (int code : all) if (passing[code]) words[item >> 6] |= 1L << item;
    });
    return BitSet.valueOf(words);
  }

  /** Whether no item ever had a value here. */
  public boolean isEmpty() {
    return codes.isEmpty();
  }

  /** One more than the greatest code of a value. */
  public int codesEnd() {
    return codes.size();
  }

  /** The codes of an item's values. */
  public int[] codes(int item) {
    int code = item < single.length ? single[item] : NONE;
    if (code == NONE) return NO_CODES;
    return code == SEVERAL ? several.getOrDefault(item, NO_CODES) : new int[] {code};
  }

  /**
   * What an item's values are worth together.
   *
   * @param worths by code
   */
  public double worth(int item, double[] worths) {
    int code = item < single.length ? single[item] : NONE;
    if (code >= 0) return code < worths.length ? worths[code] : 0;
    if (code == NONE) return 0;
    double sum = 0;
    for (int one : several.getOrDefault(item, NO_CODES))
      sum += one < worths.length ? worths[one] : 0;
    return sum;
  }

  /** Whether a code is among those of an item's values. */
  public boolean has(int item, int wanted) {
    int code = item < single.length ? single[item] : NONE;
    if (code >= 0) return code == wanted;
    if (code == NONE) return false;
    for (int one : several.getOrDefault(item, NO_CODES)) if (one == wanted) return true;
    return false;
  }

  /** The number that the item's only value is, or NaN. */
  public double number(int item) {
    int code = item < single.length ? single[item] : NONE;
    return code < 0 ? Double.NaN : numbers[code];
  }

  /** The code of a value, or -1 where no item ever had it. */
  public int codeOf(String value) {
    return codes.getOrDefault(plain(value), NONE);
  }

  private IntPredicate oneOf(Set<Integer> wanted) {
    if (wanted.isEmpty()) return item -> false;
    if (wanted.size() > 1) return any(wanted::contains);
    int only = wanted.iterator().next();
    return any(code -> code == only);
  }

  private IntPredicate any(IntPredicate matches) {
    return item -> {
      int code = item < single.length ? single[item] : NONE;
      if (code >= 0) return matches.test(code);
      if (code == NONE) return false;
      for (int one : several.getOrDefault(item, NO_CODES)) if (matches.test(one)) return true;
      return false;
    };
  }

  private Set<Integer> codesOf(List<String> values) {
    var found = new HashSet<Integer>();
    for (String value : values) {
      Integer code = codes.get(plain(value));
      if (code != null) found.add(code);
    }
    return found;
  }

  private int code(String value) {
    String plain = plain(value);
    Integer known = codes.get(plain);
    if (known != null) return known;
    int next = codes.size();
    if (next == numbers.length) numbers = Arrays.copyOf(numbers, 2 * next);
    numbers[next] = AttributeFilter.number(plain).orElse(Double.NaN);
    codes.put(plain, next);
    return next;
  }

  /** Numbers that are equal get the same text: 5, 5.0 and 5e0. */
  private static String plain(String value) {
    var number = AttributeFilter.number(value);
    if (number.isEmpty()) return value;
    double exact = number.getAsDouble();
    return exact == Math.rint(exact) && Math.abs(exact) < 1e15
        ? Long.toString((long) exact)
        : Double.toString(exact);
  }

  /**
   * Collects the values under a name: of the member that has it, or else of a member of a member
   * whose names, joined by dots, are it.
   */
  private static void read(JsonReader object, String name, List<String> values) {
    for (var fields = object.object(); fields.next(); ) {
      String member = fields.name();
      if (member.equals(name)) {
        collect(object, values);
      } else if (object.kind() == JsonReader.Kind.OBJECT
          && name.length() > member.length()
          && name.charAt(member.length()) == '.'
          && name.startsWith(member)) {
        read(object, name.substring(member.length() + 1), values);
      } else {
        object.skip();
      }
    }
  }

  private static void collect(JsonReader value, List<String> values) {
    switch (value.kind()) {
      case ARRAY -> {
        for (var elements = value.array(); elements.next(); ) collect(value, values);
      }
      case STRING -> values.add(value.string());
      case NUMBER -> values.add(value.id());
      case BOOLEAN -> values.add(Boolean.toString(value.bool()));
      default -> value.skip();
    }
  }
}

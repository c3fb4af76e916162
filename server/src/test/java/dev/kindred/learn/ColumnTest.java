package dev.kindred.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.AttributeFilter.Operator;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonWriter;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

final class ColumnTest {
  private static final int ITEMS = 700;

  @Test
  void what_is_found_at_once_is_what_is_found_one_by_one() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      var column = new Column("price");
      var among = new BitSet();
      boolean hasSeveral = round % 4 == 3;
      for (int item = 0; item < ITEMS; item++) {
        if (random.nextInt(10) == 0) continue;
        column.put(item, attributes(random, hasSeveral));
        if (random.nextInt(8) > 0) among.set(item);
      }
      for (int asked = 0; asked < 100; asked++) {
        if (asked == 60) column.put(random.nextInt(ITEMS), attributes(random, hasSeveral));
        Condition condition = condition(random);
        assertThat(column.meeting(condition, among))
            .as("seed %d, round %d, asked %d, %s", seed, round, asked, condition)
            .isEqualTo(oneByOne(column.test(condition), among));
      }
    }
  }

  private static BitSet oneByOne(IntPredicate test, BitSet among) {
    var met = new BitSet();
    among.stream().filter(test).forEach(met::set);
    return met;
  }

  private static Condition condition(Random random) {
    List<Operator> all = List.of(Operator.values());
    Operator operator = all.get(random.nextInt(all.size()));
    return new Condition("price", operator, List.of(price(random)));
  }

  private static JsonObject attributes(Random random, boolean hasSeveral) {
    var writer = new JsonWriter(64).beginObject();
    switch (random.nextInt(12)) {
      case 0 -> {}
      case 1 -> writer.field("price", "on request");
      case 2 -> writer.name("price").strings(hasSeveral ? List.of("5", "90") : List.of("5"));
      default -> writer.field("price", price(random));
    }
    return JsonObject.ofCanonical(writer.endObject().toByteArray());
  }

  /** Many are equal, some are beyond all others. */
  private static String price(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "-0.0";
      case 1 -> Double.toString(random.nextDouble() * 1e9 - 1e8);
      case 2 -> Double.toString(random.nextInt(100) / 4.0);
      default -> Integer.toString(random.nextInt(100));
    };
  }
}

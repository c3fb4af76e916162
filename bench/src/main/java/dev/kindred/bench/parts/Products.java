package dev.kindred.bench.parts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Random;

/** Products as a shop sends them, of 200 to 300 bytes. */
final class Products {

  private static final String[] WORDS =
      ("light warm soft strong small large red green wide narrow running walking cotton leather"
              + " steel glass wooden quiet fast simple garden kitchen office summer winter")
          .split(" ", -1);

  private final Random random = new Random(42);

  /** The attributes of some of them. */
  static byte[][] attributes(int count) {
    var products = new Products();
    byte[][] attributes = new byte[count][];
    for (int i = 0; i < count; i++) attributes[i] = products.next(i).getBytes(UTF_8);
    return attributes;
  }

  private String next(int number) {
    return """
    {"name": "%s %s %d", "category": "category-%d", "brand": "brand-%d", "price": %d.%02d,\
     "in_stock": %b, "tags": ["%s", "%s", "%s"], "rating": %d.%d,\
     "description": "%s %s %s for %s %s, %s and %s"}\
    """
        .formatted(
            word(),
            word(),
            number,
            random.nextInt(20),
            random.nextInt(100),
            random.nextInt(500),
            random.nextInt(100),
            random.nextInt(5) > 0,
            word(),
            word(),
            word(),
            random.nextInt(5),
            random.nextInt(10),
            word(),
            word(),
            word(),
            word(),
            word(),
            word(),
            word());
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }
}

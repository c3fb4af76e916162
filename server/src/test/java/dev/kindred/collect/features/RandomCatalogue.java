package dev.kindred.collect.features;

import dev.kindred.domain.JsonObject;
import dev.kindred.json.Json;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A shop's catalogue: products with category, brand, tags, price, name and description. */
final class RandomCatalogue {

  record Product(String category, String brand, Set<String> tags, JsonObject attributes) {}

  private static final int CATEGORIES = 12;
  private static final int BRANDS = 40;

  private final Random random;
  private final List<List<String>> nouns = new ArrayList<>();
  private final List<String> common;

  RandomCatalogue(Random random) {
    this.random = random;
    for (int i = 0; i < CATEGORIES; i++) nouns.add(words(30));
    common = words(60);
  }

  List<Product> products(int count) {
    var products = new ArrayList<Product>();
    for (int i = 0; i < count; i++) products.add(product(i));
    return products;
  }

  private Product product(int number) {
    int category = random.nextInt(CATEGORIES);
    String brand = "brand-" + random.nextInt(BRANDS);
    var tags = new HashSet<String>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      tags.add(
          "tag-" + (random.nextBoolean() ? category * 4 + random.nextInt(4) : random.nextInt(60)));
    }
    var json = new JsonWriter();
    json.beginObject();
    json.field("category", "category-" + category);
    json.field("brand", brand);
    json.name("tags").strings(tags);
    json.field(
        "price", Math.round(Math.exp(random.nextGaussian() + category / 4.0) * 1000) / 100.0);
    json.field("in_stock", random.nextInt(5) > 0);
    json.field("name", word(common) + " " + word(nouns.get(category)) + " " + number);
    json.field("description", description(category));
    json.endObject();
    return new Product(
        "category-" + category, brand, tags, Json.object(json.toByteArray(), Limits.ATTRIBUTES));
  }

  private String description(int category) {
    var text = new StringBuilder();
    for (int i = 10 + random.nextInt(20); i > 0; i--) {
      text.append(random.nextInt(3) == 0 ? word(nouns.get(category)) : word(common));
      text.append(random.nextInt(8) == 0 ? ". " : " ");
    }
    return text.toString();
  }

  private String word(List<String> words) {
    // The first words are the most frequent ones.
    return words.get((int) (words.size() * Math.pow(random.nextDouble(), 2)));
  }

  private List<String> words(int count) {
    var words = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var word = new StringBuilder();
      for (int length = 2 + random.nextInt(9); length > 0; length--) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words.add(word.toString());
    }
    return words;
  }
}

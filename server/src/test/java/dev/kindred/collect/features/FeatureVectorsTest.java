package dev.kindred.collect.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.collect.features.RandomCatalogue.Product;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureVectorsTest {

  private static final FeatureStatistics INITIAL = FeatureStatistics.initial();

  private final FeatureVectors vectors = new FeatureVectors(512);
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  private static JsonObject object(String json) {
    return Json.object(json.replace('\'', '"'), Limits.METADATA);
  }

  private float[] vector(String json) {
    return vectors.of(object(json), INITIAL);
  }

  private double likeness(String one, String other) {
    return dot(vector(one), vector(other));
  }

  private static double dot(float[] one, float[] other) {
    double dot = 0;
    for (int i = 0; i < one.length; i++) dot += (double) one[i] * other[i];
    return dot;
  }

  @Test
  void vectors_are_the_same_on_every_machine() {
    float[] vector = vector("{'category':'shoes','price':49.9,'tags':['red','trail']}");
    assertThat(Arrays.hashCode(vector)).isEqualTo(-2145561759);
  }

  @Test
  void equal_attributes_have_equal_vectors_in_whatever_order_they_are_sent() {
    assertThat(vector("{'b':[1,'x'],'a':{'d':null,'c':true}}"))
        .isEqualTo(vector("{'a':{'c':true,'d':null},'b':[1,'x']}"));
  }

  @Test
  void the_same_value_under_another_key_is_something_else() {
    assertThat(likeness("{'color':'red'}", "{'brand':'red'}")).isCloseTo(0, within(0.3));
    assertThat(likeness("{'a':{'color':'red'}}", "{'b':{'color':'red'}}"))
        .isCloseTo(0, within(0.3));
    assertThat(likeness("{'a':7}", "{'b':7}")).isCloseTo(0, within(0.3));
    assertThat(likeness("{'a':true}", "{'b':true}")).isCloseTo(0, within(0.3));
  }

  @Test
  void case_and_white_space_do_not_matter_much() {
    assertThat(likeness("{'brand':'Acme  Shoes '}", "{'brand':'acme shoes'}"))
        .isCloseTo(1, within(1e-6));
    assertThat(likeness("{'brand':'ÅNGSTRÖM'}", "{'brand':'ångström'}")).isCloseTo(1, within(1e-6));
    assertThat(likeness("{'lang':'C++'}", "{'lang':'C#'}")).isLessThan(0.8);
  }

  @Test
  void near_numbers_are_more_alike_than_far_ones() {
    double near = likeness("{'price':10}", "{'price':11}");
    double far = likeness("{'price':10}", "{'price':15}");
    double farther = likeness("{'price':10}", "{'price':1000}");
    assertThat(near).isGreaterThan(far + 0.1);
    assertThat(far).isGreaterThan(farther + 0.1);
    assertThat(farther).isCloseTo(0, within(0.3));
    assertThat(likeness("{'price':10}", "{'price':-10}")).isCloseTo(0, within(0.3));
  }

  @Test
  void lists_are_alike_by_what_they_share_however_they_are_written() {
    assertThat(likeness("{'tags':['a1','b2','c3','d4']}", "{'tags':['d4','b2','x1','y2']}"))
        .isCloseTo(0.5, within(0.2));
    assertThat(likeness("{'genres':['Drama','Sci-Fi']}", "{'genres':'Sci-Fi|Drama'}"))
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void the_words_of_a_text_count_and_so_do_their_pairs() {
    String text = "{'text':'a waterproof jacket for long walks in autumn rain and wind'}";
    double pairs = likeness(text, "{'text':'a waterproof jacket for cold mornings at the sea'}");
    double words = likeness(text, "{'text':'a jacket that is waterproof enough at the cold sea'}");
    double nothing = likeness(text, "{'text':'seven recipes with chocolate of our own kitchen'}");
    assertThat(pairs).isGreaterThan(words);
    assertThat(words).isGreaterThan(nothing + 0.1);
    assertThat(likeness("{'t':'東京都の天気予報です今日は'}", "{'t':'今日の東京都の天気と気温など'}")).isGreaterThan(0.2);
  }

  @Test
  void no_attributes_are_a_vector_too() {
    assertThat(dot(vector("{}"), vector("{}"))).isCloseTo(1, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':null}",
        "{'a':''}",
        "{'a':' '}",
        "{'a':[]}",
        "{'a':{}}",
        "{'a':[null,[],{}]}",
        "{'a':0}",
        "{'a':1e308}",
        "{'a':-1e308}",
        "{'a':5e-324}",
        "{'a':[1e308,-1e308,0]}",
        "{'a':'!!!'}",
        "{'a':'|||'}",
        "{'a':','}",
        "{'a':'>'}",
        "{'':''}",
        "{'a':false}",
        "{'a':'9999-12-31'}",
        "{'a':'0000-99-99'}",
        "{'a':'\\u0001'}",
        "{'a':'-'}",
        "{'a':'s'}",
        "{'a':[[[[[1]]]]]}",
        "{'a':{'a':{'a':{'a':'a'}}}}"
      })
  void odd_attributes_have_a_vector_of_length_one(String json) {
    for (int dimension : new int[] {1, 2, 3, 64, 512, 4096}) {
      float[] vector = new FeatureVectors(dimension).of(object(json), INITIAL);
      assertThat(Math.sqrt(dot(vector, vector))).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void hostile_attributes_are_answered_soon() {
    for (String text :
        List.of(
            "a ".repeat(8_000),
            ",".repeat(16_000),
            "a,b;".repeat(4_000),
            "x".repeat(16_000),
            "😀".repeat(4_000))) {
      float[] vector = vector("{'a':'" + text + "'}");
      assertThat(dot(vector, vector)).isCloseTo(1, within(1e-5));
    }
    String list = "[" + "'tag',".repeat(2_000) + "'tag']";
    assertThat(likeness("{'a':" + list + "}", "{'a':['tag']}")).isCloseTo(1, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 3_000})
  void the_nearest_products_share_category_and_mostly_brand_or_tags(int count) {
    var catalogue = new RandomCatalogue(random).products(count);
    assertNearestAreOfOneKind(catalogue, INITIAL);
    assertNearestAreOfOneKind(catalogue, learned(catalogue, INITIAL));
  }

  private void assertNearestAreOfOneKind(List<Product> catalogue, FeatureStatistics statistics) {
    var made = catalogue.stream().map(p -> vectors.of(p.attributes(), statistics)).toList();
    int queries = 100;
    int sameCategory = 0;
    int shared = 0;
    int sharedByChance = 0;
    for (int query = 0; query < queries; query++) {
      Product product = catalogue.get(query);
      var ofCategory =
          catalogue.stream().filter(p -> p.category().equals(product.category())).toList();
      for (int neighbour : nearest(made, query, 10)) {
        Product other = catalogue.get(neighbour);
        if (other.category().equals(product.category())) sameCategory++;
        if (sharesBrandOrTags(product, other)) shared++;
        Product any = ofCategory.get(random.nextInt(ofCategory.size()));
        if (sharesBrandOrTags(product, any)) sharedByChance++;
      }
    }
    String what = "seed %d, statistics %d".formatted(seed, statistics.version());
    assertThat(sameCategory).as(what).isGreaterThanOrEqualTo(queries * 10 * 95 / 100);
    assertThat(shared).as(what).isGreaterThan(Math.min(queries * 9, sharedByChance * 3 / 2));
  }

  private static boolean sharesBrandOrTags(Product one, Product other) {
    return one.brand().equals(other.brand()) || !Collections.disjoint(one.tags(), other.tags());
  }

  private static List<Integer> nearest(List<float[]> vectors, int query, int count) {
    double[] likeness = vectors.stream().mapToDouble(v -> dot(v, vectors.get(query))).toArray();
    return IntStream.range(0, vectors.size())
        .filter(i -> i != query)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -likeness[i]))
        .limit(count)
        .toList();
  }

  private static FeatureStatistics learned(List<Product> catalogue, FeatureStatistics before) {
    var sample = new CatalogueSample();
    for (int i = 0; i < catalogue.size(); i++) {
      sample.add(EntityKey.of("product", "p" + i), catalogue.get(i).attributes());
    }
    return sample.after(before);
  }

  @Test
  void statistics_are_the_same_in_whatever_order_the_catalogue_is_read_and_survive_being_kept() {
    var catalogue = new RandomCatalogue(random).products(20_000);
    var order = new ArrayList<Integer>();
    for (int i = 0; i < catalogue.size(); i++) order.add(i);
    var first = new CatalogueSample();
    for (int i : order) first.add(EntityKey.of("product", "p" + i), catalogue.get(i).attributes());
    Collections.shuffle(order, random);
    var second = new CatalogueSample();
    for (int i : order) second.add(EntityKey.of("product", "p" + i), catalogue.get(i).attributes());
    FeatureStatistics statistics = first.after(INITIAL);
    assertThat(second.after(INITIAL)).as("seed %d", seed).isEqualTo(statistics);
    assertThat(FeatureStatistics.ofBytes(statistics.toBytes())).isEqualTo(statistics);
    assertThat(statistics.version()).isEqualTo(1);
    assertThat(statistics.entities()).isEqualTo(20_000);
    float[] vector = vectors.of(catalogue.getFirst().attributes(), statistics);
    assertThat(
            vectors.of(
                catalogue.getFirst().attributes(), FeatureStatistics.ofBytes(statistics.toBytes())))
        .isEqualTo(vector);
  }

  @Test
  void the_next_version_is_due_when_the_catalogue_has_doubled() {
    assertThat(INITIAL.outgrownAt()).isEqualTo(1_000);
    var next = learned(new RandomCatalogue(random).products(1_500), INITIAL);
    assertThat(next.outgrownAt()).isEqualTo(3_000);
  }

  @Test
  void what_nearly_all_share_weighs_little_once_that_is_known() {
    var sample = new CatalogueSample();
    for (int i = 0; i < 1_000; i++) {
      sample.add(
          EntityKey.of("product", "p" + i), object("{'currency':'EUR','color':'c" + i % 10 + "'}"));
    }
    var statistics = sample.after(INITIAL);
    float[] one = vectors.of(object("{'currency':'EUR','color':'c1'}"), statistics);
    float[] other = vectors.of(object("{'currency':'EUR','color':'c2'}"), statistics);
    assertThat(dot(one, other)).isLessThan(0.3);
    assertThat(likeness("{'currency':'EUR','color':'c1'}", "{'currency':'EUR','color':'c2'}"))
        .isGreaterThan(0.35);
  }
}

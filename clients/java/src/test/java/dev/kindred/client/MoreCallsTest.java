package dev.kindred.client;

import static dev.kindred.client.TestServer.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.client.model.AbEvent;
import dev.kindred.client.model.AssignUser;
import dev.kindred.client.model.Conclusion;
import dev.kindred.client.model.ContentBody;
import dev.kindred.client.model.ContentQuery;
import dev.kindred.client.model.DeliveryQuery;
import dev.kindred.client.model.EntityQuery;
import dev.kindred.client.model.Experiment;
import dev.kindred.client.model.ExperimentQuery;
import dev.kindred.client.model.ExperimentResults;
import dev.kindred.client.model.Explanation;
import dev.kindred.client.model.ExportQuery;
import dev.kindred.client.model.FromPreset;
import dev.kindred.client.model.ImportQuery;
import dev.kindred.client.model.ImportReport;
import dev.kindred.client.model.MetricVariant;
import dev.kindred.client.model.NewBehavior;
import dev.kindred.client.model.NewConversion;
import dev.kindred.client.model.NewEntity;
import dev.kindred.client.model.NewExperiment;
import dev.kindred.client.model.NewInteraction;
import dev.kindred.client.model.NewSecret;
import dev.kindred.client.model.NewWebhook;
import dev.kindred.client.model.OverviewQuery;
import dev.kindred.client.model.Recommendation;
import dev.kindred.client.model.RecommendationQuery;
import dev.kindred.client.model.RecommendationRequest;
import dev.kindred.client.model.RecommendedItem;
import dev.kindred.client.model.ResultsQuery;
import dev.kindred.client.model.ShopQuery;
import dev.kindred.client.model.ShownItem;
import dev.kindred.client.model.SimilarUser;
import dev.kindred.client.model.SimilarUserQuery;
import dev.kindred.client.model.Variant;
import dev.kindred.client.model.VariantCount;
import dev.kindred.client.model.Webhook;
import dev.kindred.client.model.WebhookWithSecret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recommendations, behaviour, webhooks and files, against the real server. */
class MoreCallsTest {

  private final Kindred client = TestServer.client();
  private final String id = newId();

  @TempDir Path folder;

  /** Twelve entities of a type of their own, and a few users who did something with them. */
  private List<String> catalogue() {
    List<String> ids = IntStream.range(0, 12).mapToObj(n -> id + "-" + n).toList();
    client.importEntities(
        IntStream.range(0, 12)
            .mapToObj(n ->
                NewEntity.of(ids.get(n), id)
                    .attributes(Map.of("price", n, "color", n % 2 == 0 ? "blue" : "red")))
            .toList());
    client.importInteractions(
        IntStream.range(0, 24)
            .mapToObj(n ->
                NewInteraction.of(id + "-u" + n % 6, ids.get((n + n / 6) % 12), "view")
                    .entityType(id))
            .toList());
    return ids;
  }

  @Test
  void a_user_is_recommended_what_passes_the_filters() {
    catalogue();
    Recommendation answer =
        client.getUserRecommendations(
            id + "-u0",
            RecommendationQuery.any()
                .count(3)
                .entityType(id)
                .filter("price.gte", 3)
                .filter("color.in", List.of("red", "green"))
                .explain(true));
    assertThat(answer.recommendations()).hasSize(3);
    for (RecommendedItem item : answer.recommendations()) {
      assertThat(item.attributes()).containsEntry("color", "red");
      Explanation why = item.explanation().orElseThrow();
      assertThat(why.parts().stream().mapToDouble(Explanation.Part::value).sum())
          .isCloseTo(item.score(), within(1e-6));
    }
    var click =
        NewInteraction.of(id + "-u0", answer.recommendations().get(0).entityId(), "click")
            .entityType(id)
            .recommendationId(answer.recommendationId());
    assertThat(client.recordInteraction(click).recommendationId())
        .contains(answer.recommendationId());
  }

  @Test
  void lists_come_by_likeness_growth_and_size() {
    List<String> ids = catalogue();
    var five = RecommendationQuery.any().entityType(id).count(5);
    assertThat(client.getSimilarEntities(ids.get(0), five).recommendations())
        .extracting(RecommendedItem::entityId)
        .doesNotContain(ids.get(0));
    assertThat(client.getTrending(five.windowDays(7)).windowDays()).isEqualTo(7);
    assertThat(client.getPopular(five).count()).isEqualTo(5);
  }

  @Test
  void one_request_may_say_everything() {
    List<String> ids = catalogue();
    var request =
        RecommendationRequest.empty()
            .userId(id + "-u1")
            .session(List.of(ids.get(7)))
            .count(2)
            .entityType(id)
            .boost(Map.of("color", "red"), 2)
            .exclude(List.of(ids.get(9)));
    assertThat(client.recommend(request).count()).isEqualTo(2);
    var lists = client.recommendBatch(List.of(request, request), true).results();
    assertThat(
            lists.stream()
                .flatMap(list -> list.recommendations().stream())
                .map(RecommendedItem::entityId))
        .hasSize(4)
        .doesNotHaveDuplicates();
    List<String> some = ids.subList(0, 5);
    assertThat(client.rank(id + "-u1", some).entityIds()).containsExactlyInAnyOrderElementsOf(some);
  }

  @Test
  void shop_plugins_get_bare_lists() {
    List<String> ids = catalogue();
    var three = RecommendationQuery.any().entityType(id).count(3);
    assertThat(client.listSimilar("default", ids.get(0), three))
        .hasSize(3)
        .extracting(ShownItem::entityId)
        .doesNotContain(ids.get(0));
    assertThat(client.listPersonalized("default", id + "-u0", three)).hasSize(3);
    var two = ShopQuery.any().entityType(id).count(2);
    assertThat(client.listShopTrending("default", two)).hasSizeLessThanOrEqualTo(2);
    assertThat(client.listComplement("default", ids.get(0), two)).hasSizeLessThanOrEqualTo(2);
    assertThat(client.listBundle("default", ids.subList(0, 2), 2)).hasSizeLessThanOrEqualTo(2);
    assertThat(client.listThose("default", ids.subList(3, 5)))
        .extracting(ShownItem::entityId)
        .containsExactlyElementsOf(ids.subList(3, 5));
  }

  @Test
  void behaviour_is_summed_up() {
    String film = id + "-film";
    client.putContent(
        film, ContentBody.empty().title("Alien").genres(List.of("horror")).mediaType("film"));
    var seen = NewBehavior.of(id, film, "completed").mediaType("film").completionPercentage(100);
    assertThat(client.recordBehavior(seen).completionPercentage()).contains(100.0);
    var other = NewBehavior.of(id + "-2", film, "viewed").mediaType("film");
    assertThat(client.importBehaviors(List.of(other)).successful()).isEqualTo(1);
    var ofFilms = ContentQuery.any().mediaType("film");
    assertThat(client.getContent(film, ofFilms).title()).contains("Alien");
    assertThat(client.getUserAnalytics(id).favoriteGenres()).containsExactly("horror");
    assertThat(client.getContentMetrics(film, ofFilms).totalViews()).isPositive();
    assertThat(client.listSimilarUsers(id, SimilarUserQuery.any().genreTerm("jaccard")))
        .extracting(SimilarUser::userId)
        .containsExactly(id + "-2");
    assertThat(client.getOverview(OverviewQuery.any().bucket("hour")).activeUsers())
        .isGreaterThan(1);
    assertThat(client.getAnalyticsHealth().status()).isEqualTo("healthy");
  }

  @Test
  void an_experiment_goes_from_its_design_to_its_winner() {
    Map<String, Object> config = Map.of("my_button", "green");
    var variants =
        List.of(
            new Variant("control", 50, config, Optional.empty()),
            new Variant("other", 50, config, Optional.empty()));
    var design = NewExperiment.of(id, variants, List.of("purchase")).minimumSampleSize(1);
    assertThat(client.createExperiment(design).state()).isEqualTo("draft");
    assertThat(client.changeExperiment(id, design.description("which button")).version())
        .isEqualTo(2);
    assertThat(client.startExperiment(id).state()).isEqualTo("running");
    var assigned = client.assignVariant(id, AssignUser.of("ann"));
    assertThat(assigned.config()).isEqualTo(config);
    assertThat(client.assignVariant(id, AssignUser.of("ann")).variant())
        .isEqualTo(assigned.variant());
    assertThat(client.recordConversion(id, NewConversion.of("ann", "purchase").value(9)).counted())
        .isTrue();
    assertThat(client.recordAbEvents(List.of(AbEvent.of(id, "bob", "view"))).accepted())
        .isEqualTo(1);
    ExperimentResults results = client.getExperimentResults(id, ResultsQuery.any());
    assertThat(results.users()).isEqualTo(2);
    assertThat(results.metrics().get(0).variants())
        .extracting(MetricVariant::variant)
        .containsExactly("control", "other");
    assertThat(
            client.getExperimentCounts(id, ResultsQuery.any()).stream()
                .mapToLong(VariantCount::views)
                .sum())
        .isEqualTo(2);
    assertThat(client.stopExperiment(id).state()).isEqualTo("stopped");
    assertThat(client.concludeExperiment(id, Conclusion.of("other")).winner()).contains("other");
    assertThat(client.listExperimentVersions(id, ExperimentQuery.any()).total()).isGreaterThan(3);
    assertThat(client.listExperiments().experiments()).extracting(Experiment::name).contains(id);
    String preset = client.listExperimentPresets().presets().get(0).name();
    Experiment made = client.createExperimentFromPreset(preset, FromPreset.empty().name(id + "-2"));
    assertThat(client.getExperiment(made.name()).state()).isEqualTo("draft");
  }

  @Test
  void models_are_made_anew_and_listed() {
    Kindred tenant = client.withTenant(id.substring(0, 30));
    assertThat(tenant.rebuildModels(true).status()).isEqualTo("completed");
    assertThat(tenant.refreshModels(false).jobId()).isNotEmpty();
    assertThat(tenant.listModels()).isEmpty();
    assertThatExceptionOfType(ApiException.NotFound.class)
        .isThrownBy(() -> tenant.getModel("none"));
  }

  @Test
  void what_is_too_old_is_taken_out_as_a_job() {
    assertThat(client.cleanUp().jobId()).isNotEmpty();
  }

  @Test
  void a_webhook_is_told_and_its_secret_replaced() {
    WebhookWithSecret made =
        client.createWebhook(NewWebhook.of("http://127.0.0.1:9/hook", List.of("model.updated")));
    String name = made.webhookId();
    Optional<String> next =
        client.rotateWebhookSecret(name, NewSecret.empty().overlapHours(1)).secret();
    assertThat(next).isPresent().isNotEqualTo(made.secret());
    assertThat(client.testWebhook(name).delivered()).isFalse();
    assertThat(client.getWebhook(name).events()).containsExactly("model.updated");
    assertThat(client.listWebhooks().webhooks()).extracting(Webhook::webhookId).contains(name);
    assertThat(client.listWebhookDeliveries(name, DeliveryQuery.any().limit(5)).nextCursor())
        .isEmpty();
    assertThat(client.listWebhookDeadLetters(name, DeliveryQuery.any()).deadLetters()).isEmpty();
    assertThat(client.replayWebhookDeadLetters(name).replaying()).isZero();
    assertThatExceptionOfType(ApiException.NotFound.class)
        .isThrownBy(() -> client.replayWebhookDeadLetter(name, "none"));
    client.deleteWebhook(name);
    assertThatExceptionOfType(ApiException.NotFound.class)
        .isThrownBy(() -> client.getWebhook(name));
  }

  @Test
  void a_file_comes_in_and_goes_out() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("views.csv"), "who,what\n" + id + ",a\n" + id + ",b\n,c\n");
    var query =
        ImportQuery.any()
            .kind("interactions")
            .map("user_id=who,entity_id=what")
            .fill("interaction_type=view,entity_type=" + id);
    assertThat(client.importFile(file, query.dryRun(true)).dryRun()).isTrue();
    ImportReport report = client.importFile(file, query);
    assertThat(report.status()).isEqualTo("partially_completed");
    assertThat(report.successful()).isEqualTo(2);
    assertThat(report.errors()).extracting(ImportReport.RejectedRecord::line).containsExactly(4L);

    client.createEntity(NewEntity.of(id + "-a", id), EntityQuery.all().upsert(true));
    var ofType = ExportQuery.any().format("csv").entityType(id);
    assertThat(read(client.exportEntities(ofType))).contains("entity_id");
    assertThat(read(client.exportInteractions(ofType))).contains(id);
    assertThat(read(client.exportUsers(ExportQuery.any().format("json")))).startsWith("{");
    assertThat(read(client.exportUser(id))).startsWith("PK");
    assertThatExceptionOfType(ApiException.InvalidRequest.class)
        .isThrownBy(() -> client.exportEntities(ExportQuery.any().entityType("no type!")));
  }

  private static String read(InputStream stream) throws IOException {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

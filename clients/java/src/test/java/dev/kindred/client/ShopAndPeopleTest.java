package dev.kindred.client;

import static dev.kindred.client.TestServer.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.client.model.ContentQuery;
import dev.kindred.client.model.Embedding;
import dev.kindred.client.model.Merge;
import dev.kindred.client.model.NearestContent;
import dev.kindred.client.model.NewEntity;
import dev.kindred.client.model.NewInteraction;
import dev.kindred.client.model.PersonalizedRequest;
import dev.kindred.client.model.PopularRequest;
import dev.kindred.client.model.StorefrontFilters;
import dev.kindred.client.model.StorefrontPage;
import dev.kindred.client.model.StorefrontPaging;
import dev.kindred.client.model.StorefrontStats;
import dev.kindred.client.model.StorefrontTask;
import dev.kindred.client.model.UserParams;
import dev.kindred.client.model.Visitor;
import dev.kindred.client.model.VisitorBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A shop's own pages, merged users and vectors, against the real server. */
class ShopAndPeopleTest {

  private final String id = newId();

  /** A tenant of the test's own. */
  private final Kindred shop = TestServer.client().withTenant(id);

  /** Six presents, of which three are liked by three visitors. */
  private void open() {
    shop.importEntities(
        IntStream.rangeClosed(1, 6)
            .mapToObj(n ->
                NewEntity.of(Integer.toString(n), "present")
                    .attributes(Map.of("price", 10 * n, "category", "toys")))
            .toList());
    List<NewInteraction> likes = new ArrayList<>();
    for (String user : List.of("11", "12", "13")) {
      for (String present : List.of("1", "2", "3")) {
        likes.add(NewInteraction.of(user, present, "like").entityType("present"));
      }
    }
    shop.importInteractions(likes);
  }

  @Test
  void a_page_of_what_is_popular_keeps_the_ids_of_the_catalogue() {
    open();
    PopularRequest request = PopularRequest.of(UserParams.of("213").gender("f").age("25-34"));
    StorefrontPage page =
        shop.popularPage(request.pagination(StorefrontPaging.empty().page(1).limit(2)));
    assertThat(page.algorithmUsed()).isEqualTo("popular");
    assertThat(page.pagination())
        .isEqualTo(new StorefrontPage.Pagination(1, 2, 6, 3, true, false, false));
    assertThat(page.items()).hasSize(2).isSubsetOf(1, 2, 3);
    StorefrontFilters dear = StorefrontFilters.empty().priceFrom(35).priceTo(55);
    assertThat(shop.popularPage(request.filters(dear)).items()).containsExactlyInAnyOrder(4, 5);
    assertThat(shop.popularPage(request.userId("11")).items()).containsExactlyInAnyOrder(4, 5, 6);
  }

  @Test
  void a_visitors_own_page_leaves_out_what_they_liked() {
    open();
    PersonalizedRequest request = PersonalizedRequest.of("11", "213");
    StorefrontPage page =
        shop.personalizedPage(request.filters(StorefrontFilters.empty().category("toys")));
    assertThat(page.items()).containsExactlyInAnyOrder(4, 5, 6);
    assertThat(page.pagination().totalCount()).isEqualTo(3);
    assertThatExceptionOfType(ApiException.InvalidRequest.class)
        .isThrownBy(
            () -> shop.personalizedPage(request.pagination(StorefrontPaging.empty().limit(0))));
  }

  @Test
  void a_visitor_says_who_they_are_and_is_summed_up() {
    open();
    Visitor said =
        shop.putVisitor(
            "11", VisitorBody.empty().gender("female").ageGroup("25-34").locale("en").geoId("213"));
    assertThat(said.gender()).contains("f");
    assertThat(said.ageGroup()).contains("25-34");
    assertThat(said.geoId()).contains("213");
    assertThat(said.avgPrice()).contains(20.0);
    assertThat(said.preferredCategories()).containsOnlyKeys("toys");
    assertThat(shop.getVisitor("11")).isEqualTo(said);
    shop.recordInteraction(NewInteraction.of("11", "6", "like").entityType("present"));
    assertThat(shop.refreshVisitor("11").priceRangeMax()).contains(60.0);
    assertThatExceptionOfType(ApiException.NotFound.class)
        .isThrownBy(() -> shop.getVisitor("nobody"));
  }

  @Test
  void a_shop_is_refreshed_by_hand_and_tells_how_it_is() {
    open();
    for (StorefrontTask done :
        List.of(
            shop.refreshPopularItems(true),
            shop.updateUserProfiles(true),
            shop.refreshSimilarities(true))) {
      assertThat(done.status()).isEqualTo("completed");
      assertThat(shop.getJob(done.jobId()).status()).isEqualTo("completed");
    }
    StorefrontTask begun = shop.refreshPopularItems(false);
    assertThat(begun.status()).isEqualTo("accepted");
    assertThatExceptionOfType(ApiException.Conflict.class)
        .isThrownBy(() -> shop.fullSync(true))
        .withMessageContaining("MAIN_DATABASE_URL");
    StorefrontStats stats = shop.storefrontStats();
    assertThat(stats.mainDatabase()).containsEntry("total_likes", 9);
    assertThat(stats.jobs()).anySatisfy(job -> assertThat(job).containsValue(begun.jobId()));
  }

  @Test
  void a_user_is_merged_into_another_and_taken_out_again() {
    shop.putUser("anonymous", Map.of("language", "en"));
    shop.recordInteraction(NewInteraction.of("known", "a", "view").entityType("product"));
    for (String entity : List.of("b", "c")) {
      shop.recordInteraction(NewInteraction.of("anonymous", entity, "view").entityType("product"));
    }

    Merge merge = shop.mergeUser("known", "anonymous");
    assertThat(merge.userId()).isEqualTo("known");
    assertThat(merge.from()).isEqualTo("anonymous");
    assertThat(merge.interactionsMoved()).isEqualTo(2);
    assertThat(shop.getUser("known").interactionCount()).isEqualTo(3);
    assertThat(shop.getUser("known").attributes()).containsEntry("language", "en");
    assertThat(shop.listMerges("known"))
        .singleElement()
        .satisfies(listed -> {
          assertThat(listed.mergeId()).isEqualTo(merge.mergeId());
          assertThat(listed.undoneAt()).isEmpty();
        });

    assertThat(shop.undoMerge("known", merge.mergeId()).undoneAt()).isPresent();
    assertThat(shop.getUser("known").interactionCount()).isEqualTo(1);
    assertThat(shop.getUser("anonymous").interactionCount()).isEqualTo(2);
    assertThatExceptionOfType(ApiException.Conflict.class)
        .isThrownBy(() -> shop.undoMerge("known", merge.mergeId()));
    assertThatExceptionOfType(ApiException.InvalidRequest.class)
        .isThrownBy(() -> shop.mergeUser("known", "known"));
  }

  @Test
  void content_is_given_a_vector_and_found_by_it() {
    for (String title : List.of("a", "b", "c")) {
      shop.createEntity(NewEntity.of(title, "film").attributes(Map.of("genre", "drama")));
    }
    ContentQuery films = ContentQuery.any().mediaType("film");
    Embedding made = shop.getEmbedding("a", films);
    assertThat(made.vector()).hasSize(made.dimension());

    shop.putEmbedding("a", "mine", pointing(0, made.dimension()), films);
    shop.putEmbedding("b", "mine", pointing(60, made.dimension()), films);
    shop.putEmbedding("c", "mine", pointing(10, made.dimension()), films);
    Embedding kept = shop.getEmbedding("b", films);
    assertThat(kept.model()).isEqualTo("mine");
    assertThat(kept.vector().get(0)).isCloseTo(0.5, within(1e-6));
    List<NearestContent.Near> nearest = shop.listNearestContent("a", films.limit(2)).nearest();
    assertThat(nearest).extracting(NearestContent.Near::contentId).containsExactly("c", "b");
    assertThat(nearest.get(1).similarity()).isCloseTo(0.5, within(1e-6));
    assertThatExceptionOfType(ApiException.InvalidRequest.class)
        .isThrownBy(() -> shop.putEmbedding("a", "mine", List.of(1.0, 2.0), films))
        .withMessageContaining(Integer.toString(made.dimension()));
  }

  private static List<Double> pointing(double degrees, int dimension) {
    double angle = Math.toRadians(degrees);
    return DoubleStream.concat(
            DoubleStream.of(Math.cos(angle), Math.sin(angle)), DoubleStream.generate(() -> 0))
        .limit(dimension)
        .boxed()
        .toList();
  }
}

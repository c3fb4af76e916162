package dev.kindred.engine.judge;

import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.SparseRows.RowMaker;
import dev.kindred.engine.factors.ImplicitAls;
import dev.kindred.engine.factors.LowPass;
import dev.kindred.engine.judge.Chooser.Options;
import dev.kindred.engine.math.TruncatedSvd;
import dev.kindred.engine.neighbours.ItemNeighbours;
import dev.kindred.engine.neighbours.ItemNeighbours.Likeness;
import dev.kindred.engine.neighbours.ItemWeights;
import dev.kindred.engine.neighbours.LocalRidge;
import dev.kindred.engine.neighbours.RandomWalk;
import dev.kindred.engine.neighbours.UserNeighbours;
import dev.kindred.engine.popularity.Popularity;
import dev.kindred.engine.session.Fading;
import dev.kindred.engine.session.SessionNeighbours;
import dev.kindred.engine.session.Successions;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A family with its settings: how to learn a model, what that costs, and what to try next to it.
 */
public sealed interface Recipe {
  /** Rows of item-item models keep so many neighbours at most. */
  int NEIGHBOURS_MAX = 400;

  /** And so many even where there are very many items. */
  int NEIGHBOURS_MIN = 40;

  /** What all rows of an item-item model may have together, so that learning has a bound. */
  int ENTRIES_MAX = 16_500_000;

  /** What a small regression chooses among. */
  int CANDIDATES_MAX = 150;

  int CANDIDATES_MIN = 30;

  /** How many neighbours a row keeps among so many items. */
  static int neighbours(int items) {
    return Math.clamp(ENTRIES_MAX / Math.max(1, items), NEIGHBOURS_MIN, NEIGHBOURS_MAX);
  }

  /** The families, by name. */
  enum Family {
    POPULAR,
    WALK,
    FILTER,
    RIDGE,
    FACTORS,
    ITEMS,
    USERS,
    FOLLOW,
    SESSIONS
  }

  /**
   * Where the search for a family's settings begins on data of this size.
   *
   * @param options what learning may cost
   */
  static Recipe usual(Family family, Interactions data, Options options) {
    return switch (family) {
      case POPULAR -> new Popular();
      case WALK -> new Walk(new RandomWalk.Exponents(0.7f, 0.9f, 0.2f));
      case FILTER -> new Filter(new LowPass.Settings(0.4f, 0.4f, 0.2f, 1f, rank(data, options)));
      case RIDGE -> new Ridge(ridge(data, options));
      case FACTORS -> new Factors(new ImplicitAls.Settings(64, 0.1f, 0.01f, 8));
      case ITEMS -> new Items(new ItemNeighbours.Settings(Likeness.COSINE, 5f, 0.5f, 200));
      case USERS -> new Users(new UserNeighbours.Settings(0.4f, 0.8f, 0.15f, 1f, 0f, 300));
      case SESSIONS -> new Sessions(new SessionNeighbours.Settings(1000, 300, 0.7f, 0.8f, 0.1f));
      case FOLLOW -> new Follow(new Successions.Settings(10, 0.8f, 0.5f, 0.4f));
    };
  }

  /**
   * Half of the effort is for the spectrum, which all trials share: a pass over the entries for
   * each rank, and products of all ranks with each other for each item. Room goes with the rank.
   */
  private static int rank(Interactions data, Options options) {
    int worthwhile = Math.min(data.users(), data.items()) / 8;
    double entries = 4.0 * data.size();
    double squares = 0.4 * Math.max(1, data.items());
    double root = Math.sqrt(entries * entries + 2 * squares * options.effort());
    int affordable = (int) ((root - entries) / (2 * squares));
    int roomy = TruncatedSvd.rank(data.users(), data.items(), options.room());
    return Math.clamp(Math.min(worthwhile, Math.min(affordable, roomy)), 8, 1024);
  }

  /**
   * Eight bytes for each entry of the Gram matrix, and twelve for one of the rows that are made
   * from it while they are put together.
   */
  private static int kept(Interactions data, Options options) {
    double roomy = options.room() / (20.0 * Math.max(1, data.items()));
    return (int) Math.clamp(roomy, 50, 600);
  }

  /** As many candidates as there are, or as can be afforded. */
  private static LocalRidge.Settings ridge(Interactions data, Options options) {
    int kept = kept(data, options);
    int candidates = Math.min(kept, CANDIDATES_MAX);
    double each = options.effort() / Math.max(1, data.items());
    while (candidates > CANDIDATES_MIN && regression(candidates) > each) candidates--;
    return new LocalRidge.Settings(0.5f, 0.5f, 0.6f, 40f, candidates, kept);
  }

  /** Roughly the nanoseconds that a regression on so many candidates takes. */
  private static double regression(int candidates) {
    return Math.pow(candidates, 3) / 30 + 2000.0 * candidates;
  }

  Model learn(Workshop shop);

  /** How the rows are made, each on its own, where it is an item-item model. */
  default Optional<Supplier<RowMaker>> rows(Workshop shop) {
    return Optional.empty();
  }

  /** Roughly the nanoseconds of one core that learning takes. */
  double cost(Interactions data);

  /** The recipes one step away, setting by setting, up and down. */
  List<Recipe> around(float step);

  /** What it takes to bring together every two entries of a row. */
  private static double squares(SparseRows rows) {
    double sum = 0;
    for (int row = 0; row < rows.rows(); row++) sum += (double) rows.size(row) * rows.size(row);
    return sum;
  }

  /** Four digits are enough, and steps there and back meet again. */
  private static float tidy(double setting) {
    return new BigDecimal(setting).round(new MathContext(4)).floatValue();
  }

  /** What everybody likes. */
  record Popular() implements Recipe {
    @Override
    public Model learn(Workshop shop) {
      return Popularity.learn(shop.train());
    }

    @Override
    public double cost(Interactions data) {
      return data.size();
    }

    @Override
    public List<Recipe> around(float step) {
      return List.of();
    }
  }

  /** Three steps on the graph. */
  record Walk(RandomWalk.Exponents by) implements Recipe {
    @Override
    public Model learn(Workshop shop) {
      return shop.weights(maker(shop));
    }

    @Override
    public Optional<Supplier<RowMaker>> rows(Workshop shop) {
      return Optional.of(maker(shop));
    }

    private Supplier<RowMaker> maker(Workshop shop) {
      return RandomWalk.rows(shop.train(), by, neighbours(shop.train().items()));
    }

    @Override
    public double cost(Interactions data) {
      return 20 * squares(data.byUser());
    }

    @Override
    public List<Recipe> around(float step) {
      List<Recipe> next = new ArrayList<>();
      for (float sign : new float[] {1, -1}) {
        next.add(walk(by.own(), by.user(), by.target() + sign * step / 2));
        next.add(walk(by.own() + sign * step, by.user(), by.target()));
        next.add(walk(by.own(), by.user() + sign * step, by.target()));
      }
      return next;
    }

    private static Walk walk(float own, float user, float target) {
      return new Walk(new RandomWalk.Exponents(tidy(own), tidy(user), tidy(target)));
    }
  }

  /** Small regressions. */
  record Ridge(LocalRidge.Settings by) implements Recipe {
    @Override
    public Model learn(Workshop shop) {
      return weights(shop);
    }

    /** These are made for targets, all of them before the first row is known. */
    @Override
    public Optional<Supplier<RowMaker>> rows(Workshop shop) {
      SparseRows made = weights(shop).rows();
      return Optional.of(() -> made::row);
    }

    private ItemWeights weights(Workshop shop) {
      return LocalRidge.learn(shop.train(), by, shop.wanted(), shop.workers());
    }

    @Override
    public double cost(Interactions data) {
      return 20 * squares(data.byUser()) + data.items() * regression(by.candidates());
    }

    @Override
    public List<Recipe> around(float step) {
      List<Recipe> next = new ArrayList<>();
      for (float sign : new float[] {1, -1}) {
        float factor = (float) Math.exp(sign * 4 * step);
        next.add(ridge(by.user(), by.item(), by.target(), by.lambda() * factor));
        next.add(ridge(by.user(), by.item(), by.target() + sign * step, by.lambda()));
        next.add(ridge(by.user(), by.item() + sign * step, by.target() + sign * step, by.lambda()));
        next.add(ridge(by.user() + sign * step, by.item(), by.target(), by.lambda()));
      }
      return next;
    }

    private Ridge ridge(float user, float item, float target, float lambda) {
      return new Ridge(
          new LocalRidge.Settings(
              tidy(user), tidy(item), tidy(target), tidy(lambda), by.candidates(), by.kept()));
    }
  }

  /** The low-pass filter, as item-item weights over pairs with common users. */
  record Filter(LowPass.Settings by) implements Recipe {
    @Override
    public Model learn(Workshop shop) {
      return shop.weights(maker(shop));
    }

    @Override
    public Optional<Supplier<RowMaker>> rows(Workshop shop) {
      return Optional.of(maker(shop));
    }

    private Supplier<RowMaker> maker(Workshop shop) {
      return LowPass.of(shop.train(), by, shop.spectrum(by))
          .rows(shop.pairs(), neighbours(shop.train().items()));
    }

    @Override
    public double cost(Interactions data) {
      return 0.3 * by.rank() * shopPairs(data);
    }

    private static double shopPairs(Interactions data) {
      return (double) data.items() * Math.min(data.items(), Workshop.pairs(data.items()));
    }

    @Override
    public List<Recipe> around(float step) {
      List<Recipe> next = new ArrayList<>();
      for (float sign : new float[] {-1, 1}) {
        next.add(filter(by.target() + sign * step / 2, by.fade()));
        next.add(filter(by.target(), by.fade() + 2 * sign * step));
      }
      return next;
    }

    private Filter filter(float target, float fade) {
      return new Filter(
          new LowPass.Settings(by.user(), by.item(), tidy(target), tidy(fade), by.rank()));
    }
  }

  /** Matrix factorisation. */
  record Factors(ImplicitAls.Settings by) implements Recipe {
    @Override
    public Model learn(Workshop shop) {
      return ImplicitAls.learn(shop.train(), by, shop.seed(), shop.workers());
    }

    @Override
    public double cost(Interactions data) {
      double square = (double) by.rank() * by.rank();
      double rows = data.users() + (double) data.items();
      return by.iterations() * (data.size() * square / 5 + rows * square * by.rank() / 20);
    }

    @Override
    public List<Recipe> around(float step) {
      List<Recipe> next = new ArrayList<>();
      for (float sign : new float[] {1, -1}) {
        float factor = (float) Math.exp(sign * 5 * step);
        next.add(factors(by.unobserved(), by.lambda() * factor));
        next.add(factors(by.unobserved() * factor, by.lambda()));
      }
      return next;
    }

    private Factors factors(float unobserved, float lambda) {
      return new Factors(
          new ImplicitAls.Settings(by.rank(), tidy(unobserved), tidy(lambda), by.iterations()));
    }
  }

  /** Items like those of the history. */
  record Items(ItemNeighbours.Settings by) implements Recipe {
    @Override
    public Model learn(Workshop shop) {
      return ItemNeighbours.learn(shop.train(), by, shop.workers());
    }

    @Override
    public double cost(Interactions data) {
      return 40 * squares(data.byUser());
    }

    @Override
    public List<Recipe> around(float step) {
      List<Recipe> next = new ArrayList<>();
      for (float sign : new float[] {1, -1}) {
        next.add(items(by.shrinkage(), by.normalisation() + sign * step));
        next.add(items(by.shrinkage() * (float) Math.exp(sign * 5 * step), by.normalisation()));
      }
      return next;
    }

    private Items items(float shrinkage, float normalisation) {
      return new Items(
          new ItemNeighbours.Settings(
              by.likeness(), tidy(shrinkage), tidy(normalisation), by.neighbours()));
    }
  }

  /** Users like the one who asks. */
  record Users(UserNeighbours.Settings by) implements Recipe {
    @Override
    public Model learn(Workshop shop) {
      return UserNeighbours.learn(shop.train(), by);
    }

    @Override
    public double cost(Interactions data) {
      // Learning is next to nothing; what counts is asking for a few thousand users.
      return 50.0 * data.size() + 10_000 * squares(data.byItem()) / Math.max(1, data.users());
    }

    @Override
    public List<Recipe> around(float step) {
      List<Recipe> next = new ArrayList<>();
      for (float sign : new float[] {1, -1}) {
        next.add(users(by.item() + sign * step, by.user(), by.target(), by.power()));
        next.add(users(by.item(), by.user() + sign * step, by.target(), by.power()));
        next.add(users(by.item(), by.user(), by.target() + sign * step / 2, by.power()));
        next.add(users(by.item(), by.user(), by.target(), by.power() + 2 * sign * step));
      }
      return next;
    }

    private Users users(float item, float user, float target, float power) {
      return new Users(
          new UserNeighbours.Settings(
              tidy(item), tidy(user), tidy(target), tidy(power), by.shrinkage(), by.neighbours()));
    }
  }

  /** What follows what. */
  record Follow(Successions.Settings by) implements Recipe {
    @Override
    public Model learn(Workshop shop) {
      return shop.weights(maker(shop));
    }

    @Override
    public Optional<Supplier<RowMaker>> rows(Workshop shop) {
      return Optional.of(maker(shop));
    }

    private Supplier<RowMaker> maker(Workshop shop) {
      return Successions.rows(shop.sequences(), by, neighbours(shop.train().items()));
    }

    @Override
    public double cost(Interactions data) {
      return 20.0 * data.size() * by.window();
    }

    @Override
    public List<Recipe> around(float step) {
      List<Recipe> next = new ArrayList<>();
      for (float sign : new float[] {1, -1}) {
        next.add(follow(by.window(), by.decay(), by.own(), by.target() + sign * step));
        next.add(follow(by.window(), by.decay(), by.own() + sign * step, by.target()));
      }
      next.add(follow(2 * by.window(), (float) Math.sqrt(by.decay()), by.own(), by.target()));
      next.add(follow(by.window() / 2, by.decay() * by.decay(), by.own(), by.target()));
      return next;
    }

    private static Follow follow(int window, float decay, float own, float target) {
      return new Follow(
          new Successions.Settings(Math.max(1, window), tidy(decay), tidy(own), tidy(target)));
    }
  }

  /** Sessions that went the same way. */
  record Sessions(SessionNeighbours.Settings by) implements Recipe {
    @Override
    public Model learn(Workshop shop) {
      return SessionNeighbours.learn(shop.sequences(), by);
    }

    @Override
    public double cost(Interactions data) {
      return 50.0 * data.size();
    }

    @Override
    public List<Recipe> around(float step) {
      List<Recipe> next = new ArrayList<>();
      for (float sign : new float[] {1, -1}) {
        next.add(sessions(by.neighbours(), by.decay(), by.distance() + sign * step, by.rarity()));
        next.add(sessions(by.neighbours(), by.decay() + sign * step, by.distance(), by.rarity()));
        next.add(sessions(by.neighbours(), by.decay(), by.distance(), by.rarity() + sign * step));
      }
      next.add(sessions(2 * by.neighbours(), by.decay(), by.distance(), by.rarity()));
      next.add(sessions(by.neighbours() / 2 + 1, by.decay(), by.distance(), by.rarity()));
      return next;
    }

    private Sessions sessions(int neighbours, float decay, float distance, float rarity) {
      return new Sessions(
          new SessionNeighbours.Settings(
              by.recent(),
              neighbours,
              Math.clamp(tidy(decay), 0.05f, 1f),
              Math.clamp(tidy(distance), 0.05f, 1f),
              tidy(rarity)));
    }
  }

  /** Another recipe, to which the latest entries of a history speak louder. */
  record Recent(Recipe of, double halfLife) implements Recipe {
    @Override
    public Model learn(Workshop shop) {
      return new Fading(of.learn(shop), halfLife);
    }

    @Override
    public double cost(Interactions data) {
      return of.cost(data);
    }

    @Override
    public List<Recipe> around(float step) {
      return List.of(
          new Recent(of, halfLife * (1 + 4 * step)), new Recent(of, halfLife / (1 + 4 * step)));
    }
  }
}

package dev.kindred.engine.judge;

import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;
import dev.kindred.engine.Workers;
import dev.kindred.engine.factors.ImplicitAls;
import dev.kindred.engine.factors.LowPass;
import dev.kindred.engine.neighbours.ItemNeighbours;
import dev.kindred.engine.neighbours.LocalRidge;
import dev.kindred.engine.neighbours.RandomWalk;
import dev.kindred.engine.neighbours.UserNeighbours;
import dev.kindred.engine.popularity.Popularity;
import java.util.ArrayList;
import java.util.List;

/** A family with its settings: how to learn a model, and what to try next to it. */
public sealed interface Recipe {
  /** What can be asked for by name. */
  enum Family {
    POPULAR,
    WALK,
    FILTER,
    RIDGE,
    FACTORS,
    ITEMS,
    USERS
  }

  /** Where the search for a family's settings begins on data of this size. */
  static Recipe usual(Family family, Interactions interactions) {
    return switch (family) {
      case POPULAR -> new Popular();
      case WALK -> Walk.USUAL;
      case FILTER -> Filter.usual(interactions);
      case RIDGE -> Ridge.USUAL;
      case FACTORS -> Factors.USUAL;
      case ITEMS -> Items.USUAL;
      case USERS -> Users.USUAL;
    };
  }

  /** Rows of item-item models keep so many neighbours. */
  int NEIGHBOURS = 500;

  Model learn(Interactions interactions, long seed, Workers workers);

  /** The recipes one step away, setting by setting, up and down. */
  List<Recipe> around(float step);

  /** What everybody likes. */
  record Popular() implements Recipe {
    @Override
    public Model learn(Interactions interactions, long seed, Workers workers) {
      return Popularity.learn(interactions);
    }

    @Override
    public List<Recipe> around(float step) {
      return List.of();
    }
  }

  /** Three steps on the graph. */
  record Walk(RandomWalk.Exponents by) implements Recipe {
    static final Walk USUAL = new Walk(new RandomWalk.Exponents(0.7, 1, 0.2));

    @Override
    public Model learn(Interactions interactions, long seed, Workers workers) {
      return RandomWalk.learn(interactions, by, NEIGHBOURS, workers);
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

    private static Walk walk(double own, double user, double target) {
      return new Walk(new RandomWalk.Exponents(own, user, target));
    }
  }

  /** Small regressions. */
  record Ridge(LocalRidge.Settings by) implements Recipe {
    static final Ridge USUAL = new Ridge(new LocalRidge.Settings(0.5f, 0.5f, 0.65f, 2f, 150));

    @Override
    public Model learn(Interactions interactions, long seed, Workers workers) {
      return LocalRidge.learn(interactions, by, workers);
    }

    @Override
    public List<Recipe> around(float step) {
      List<Recipe> next = new ArrayList<>();
      for (float sign : new float[] {1, -1}) {
        next.add(
            ridge(
                by.user(),
                by.item(),
                by.target(),
                by.lambda() * (float) Math.exp(sign * 4 * step)));
        next.add(ridge(by.user(), by.item(), by.target() + sign * step, by.lambda()));
        next.add(ridge(by.user(), by.item() + sign * step, by.target(), by.lambda()));
        next.add(ridge(by.user() + sign * step, by.item(), by.target(), by.lambda()));
      }
      return next;
    }

    private Ridge ridge(float user, float item, float target, float lambda) {
      return new Ridge(new LocalRidge.Settings(user, item, target, lambda, by.candidates()));
    }
  }

  /** The low-pass filter, as item-item weights over pairs with common users. */
  record Filter(LowPass.Settings by) implements Recipe {
    /** Pairs come from a walk that holds nobody back much. */
    private static final RandomWalk.Exponents PAIRS = new RandomWalk.Exponents(0.5, 0.5, 0.4);

    static Filter usual(Interactions interactions) {
      int rank = Math.clamp(Math.min(interactions.users(), interactions.items()) / 8, 8, 1024);
      return new Filter(new LowPass.Settings(0.4f, 0.4f, 0.35f, 1f, rank));
    }

    @Override
    public Model learn(Interactions interactions, long seed, Workers workers) {
      var pairs = RandomWalk.learn(interactions, PAIRS, 2 * NEIGHBOURS, workers).rows();
      return LowPass.learn(interactions, by, seed, workers).weights(pairs, NEIGHBOURS, workers);
    }

    @Override
    public List<Recipe> around(float step) {
      List<Recipe> next = new ArrayList<>();
      for (float sign : new float[] {1, -1}) {
        next.add(filter(by.target() + sign * step, by.fade()));
        next.add(filter(by.target(), by.fade() + 2 * sign * step));
      }
      return next;
    }

    private Filter filter(float target, float fade) {
      return new Filter(new LowPass.Settings(by.user(), by.item(), target, fade, by.rank()));
    }
  }

  /** Matrix factorisation. */
  record Factors(ImplicitAls.Settings by) implements Recipe {
    static final Factors USUAL = new Factors(new ImplicitAls.Settings(64, 0.1f, 0.01f, 8));

    @Override
    public Model learn(Interactions interactions, long seed, Workers workers) {
      return ImplicitAls.learn(interactions, by, seed, workers);
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
      return new Factors(new ImplicitAls.Settings(by.rank(), unobserved, lambda, by.iterations()));
    }
  }

  /** Items like those of the history. */
  record Items(ItemNeighbours.Settings by) implements Recipe {
    static final Items USUAL =
        new Items(new ItemNeighbours.Settings(ItemNeighbours.Likeness.COSINE, 5f, 0.5f, 200));

    @Override
    public Model learn(Interactions interactions, long seed, Workers workers) {
      return ItemNeighbours.learn(interactions, by, workers);
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
          new ItemNeighbours.Settings(by.likeness(), shrinkage, normalisation, by.neighbours()));
    }
  }

  /** Users like the one who asks. */
  record Users(UserNeighbours.Settings by) implements Recipe {
    static final Users USUAL = new Users(new UserNeighbours.Settings(0.35f, 0.7f, 0f, 1f, 0f, 300));

    @Override
    public Model learn(Interactions interactions, long seed, Workers workers) {
      return UserNeighbours.learn(interactions, by);
    }

    @Override
    public List<Recipe> around(float step) {
      List<Recipe> next = new ArrayList<>();
      for (float sign : new float[] {1, -1}) {
        next.add(users(by.item() + sign * step, by.user(), by.target(), by.power()));
        next.add(users(by.item(), by.user() + sign * step, by.target(), by.power()));
        next.add(users(by.item(), by.user(), by.target() + sign * step, by.power()));
        next.add(users(by.item(), by.user(), by.target(), by.power() + 2 * sign * step));
      }
      return next;
    }

    private Users users(float item, float user, float target, float power) {
      return new Users(
          new UserNeighbours.Settings(item, user, target, power, by.shrinkage(), by.neighbours()));
    }
  }
}

package dev.kindred.learn;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Sha256;
import dev.kindred.engine.Model;
import dev.kindred.engine.TopK;
import dev.kindred.engine.blend.Blend;
import dev.kindred.engine.blend.Weighing;
import dev.kindred.engine.blend.Weighing.Reading;
import dev.kindred.engine.neighbours.ItemWeights;
import dev.kindred.engine.neighbours.UserNeighbours;
import dev.kindred.engine.popularity.Popularity;
import dev.kindred.engine.session.Fading;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Queue;
import java.util.function.Consumer;

/** What was learned, as bytes: equal models are equal bytes, and have the same name for it. */
final class ModelBytes {
  /** Raised when the form changes: older bytes are then not read but made anew. */
  static final int FORM = 1;

  private static final int NAME_LENGTH = 16;

  private static final int BLEND = 1;
  private static final int ITEM_WEIGHTS = 2;
  private static final int FADING = 3;
  private static final int POPULARITY = 4;
  private static final int USER_NEIGHBOURS = 5;

  private ModelBytes() {}

  /** A name that other bytes do not have. */
  static String name(Learned learned) {
    MessageDigest digest = Sha256.digest();
    write(learned, digest::update);
    return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_LENGTH);
  }

  /**
   * Hands over the bytes, a piece of a megabyte at most after the other; the name is not among
   * them, because it is made from them.
   */
  static void write(Learned learned, Consumer<byte[]> pieces) {
    var out = new ModelOutput(pieces);
    out.number(FORM);
    out.number(learned.position());
    out.number(learned.items());
    out.bytes(learned.weighing().reading().name().getBytes(US_ASCII));
    out.number(learned.weighing().relevant());
    out.number(learned.half());
    out.number(learned.live());
    out.numbers(learned.common());
    out.number(learned.contentShare());
    out.bytes(learned.report().utf8());
    write(learned.model(), out);
    out.end();
  }

  /** Uses the pieces up. */
  static Learned read(String name, Queue<byte[]> pieces) {
    var in = new ModelInput(pieces);
    if (in.integer() != FORM) throw new IllegalArgumentException("an older form");
    long position = in.longInteger();
    int items = in.integer();
    var weighing = new Weighing(Reading.valueOf(new String(in.bytes(), US_ASCII)), in.decimal());
    float half = in.decimal();
    float live = in.decimal();
    float[] common = in.decimals();
    float contentShare = in.decimal();
    JsonObject report = JsonObject.ofCanonical(in.bytes());
    Model model = readModel(in);
    return new Learned(
        name,
        position,
        items,
        model,
        weighing,
        popular(model),
        half,
        live,
        common,
        contentShare,
        report);
  }

  /** The items with a base, the greatest first. */
  static int[] popular(Model model) {
    var top = new TopK(model.items());
    for (int item = 0; item < model.items(); item++) {
      if (model.base(item) > 0) top.offer(item, model.base(item));
    }
    return top.ranking().items();
  }

  private static void write(Model model, ModelOutput out) {
    switch (model) {
      case Blend(var parts) -> {
        out.number(BLEND);
        out.number(parts.size());
        for (Blend.Part part : parts) {
          out.number(part.weight());
          write(part.model(), out);
        }
      }
      case ItemWeights(var rows) -> {
        out.number(ITEM_WEIGHTS);
        out.rows(rows);
      }
      case Fading(var of, double halfLife) -> {
        out.number(FADING);
        out.number(halfLife);
        write(of, out);
      }
      case Popularity(var weights) -> {
        out.number(POPULARITY);
        out.numbers(weights);
      }
      case UserNeighbours users -> {
        out.number(USER_NEIGHBOURS);
        var by = users.settings();
        for (float one :
            new float[] {by.item(), by.user(), by.target(), by.power(), by.shrinkage()}) {
          out.number(one);
        }
        out.number(by.neighbours());
        out.rows(users.usersOf());
        out.rows(users.itemsOf());
      }
      default -> throw new IllegalArgumentException("no form for " + model.getClass());
    }
  }

  private static Model readModel(ModelInput in) {
    int kind = in.integer();
    return switch (kind) {
      case BLEND -> {
        var parts = new ArrayList<Blend.Part>();
        int count = in.integer();
        for (int n = 0; n < count; n++) {
          float weight = in.decimal();
          parts.add(new Blend.Part(readModel(in), weight));
        }
        yield new Blend(parts);
      }
      case ITEM_WEIGHTS -> new ItemWeights(in.rows());
      case FADING -> {
        double halfLife = in.longDecimal();
        yield new Fading(readModel(in), halfLife);
      }
      case POPULARITY -> new Popularity(in.decimals());
      case USER_NEIGHBOURS -> {
        var by =
            new UserNeighbours.Settings(
                in.decimal(), in.decimal(), in.decimal(), in.decimal(), in.decimal(), in.integer());
        yield UserNeighbours.of(by, in.rows(), in.rows());
      }
      default -> throw new IllegalArgumentException("unknown kind of model: " + kind);
    };
  }
}

package dev.kindred.engine.judge;

/**
 * How well lists of {@code k} foretold what was held out, averaged over users; the measures are
 * defined in {@link Judge}.
 *
 * @param users who had something held out
 * @param coverage how many different items stood in all lists
 * @param recallError the standard error of the mean; twice it on either side is a 95 % interval
 */
public record Quality(
    int k,
    int users,
    double recall,
    double ndcg,
    double hitRate,
    double reciprocalRank,
    int coverage,
    double recallError,
    double ndcgError) {}

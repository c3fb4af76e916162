import type {
  AbEvent,
  AbEventReport,
  AssignUser,
  Assignment,
  Conclusion,
  Conversion,
  Experiment,
  ExperimentPresets,
  ExperimentResults,
  Experiments,
  FromPreset,
  NewConversion,
  NewExperiment,
  Time,
  VariantCount,
} from '../types.js';
import { type CallOptions, toWire } from '../wire.js';
import { BehaviorCalls } from './behaviors.js';

/** Calls about experiments. Experiments: which variant serves users better. */
export class ExperimentCalls extends BehaviorCalls {
  /** Creates an experiment, as a draft unless it is to start at once. */
  createExperiment(experiment: NewExperiment, options: CallOptions = {}): Promise<Experiment> {
    return this.json('createExperiment', { body: experiment, options });
  }

  /** The tenant's experiments. */
  listExperiments(options: CallOptions = {}): Promise<Experiments> {
    return this.json('listExperiments', { options });
  }

  /** An experiment. */
  getExperiment(name: string, options: CallOptions = {}): Promise<Experiment> {
    return this.json('getExperiment', { path: { name }, options });
  }

  /** Changes an experiment; a running one within what keeps its results true. */
  changeExperiment(name: string, experiment: NewExperiment, options: CallOptions = {}): Promise<Experiment> {
    return this.json('changeExperiment', { path: { name }, body: experiment, options });
  }

  /** Every version of an experiment, newest first. */
  listExperimentVersions(name: string, options: CallOptions & { limit?: number } = {}): Promise<Experiments> {
    return this.json('listExperimentVersions', { path: { name }, options });
  }

  /** Starts an experiment. */
  startExperiment(name: string, options: CallOptions = {}): Promise<Experiment> {
    return this.json('startExperiment', { path: { name }, options });
  }

  /** Stops an experiment; its results stay. */
  stopExperiment(name: string, options: CallOptions = {}): Promise<Experiment> {
    return this.json('stopExperiment', { path: { name }, options });
  }

  /** Ends an experiment with a winner, whose settings may become the default. */
  concludeExperiment(name: string, conclusion: Conclusion, options: CallOptions = {}): Promise<Experiment> {
    return this.json('concludeExperiment', { path: { name }, body: conclusion, options });
  }

  /** Says which variant a user gets, always the same one, and keeps that they came. */
  assignVariant(name: string, user: AssignUser, options: CallOptions = {}): Promise<Assignment> {
    return this.json('assignVariant', { path: { name }, body: user, options });
  }

  /** Keeps that a user who was assigned did what is measured. */
  recordConversion(name: string, conversion: NewConversion, options: CallOptions = {}): Promise<Conversion> {
    return this.json('recordConversion', { path: { name }, body: conversion, options });
  }

  /** What came of an experiment: rates, differences, how sure they are, who wins. */
  getExperimentResults(
    name: string,
    options: CallOptions & { startDate?: Time; endDate?: Time } = {},
  ): Promise<ExperimentResults> {
    return this.json('getExperimentResults', { path: { name }, filters: { short: false }, options });
  }

  /** Only who came and who converted, by the metric that decides. */
  getExperimentCounts(
    name: string,
    options: CallOptions & { startDate?: Time; endDate?: Time } = {},
  ): Promise<VariantCount[]> {
    return this.json('getExperimentCounts', { path: { name }, filters: { short: true }, options });
  }

  /** Experiments with sensible defaults, to begin with. */
  listExperimentPresets(options: CallOptions = {}): Promise<ExperimentPresets> {
    return this.json('listExperimentPresets', { options });
  }

  /** Creates an experiment from a preset. */
  createExperimentFromPreset(preset: string, changes: FromPreset, options: CallOptions = {}): Promise<Experiment> {
    return this.json('createExperimentFromPreset', { path: { preset }, body: changes, options });
  }

  /** Keeps who saw which variant and who converted, as browsers and shop plugins tell it, many at once. */
  recordAbEvents(events: AbEvent[], options: CallOptions = {}): Promise<AbEventReport> {
    return this.json('recordAbEvents', { body: toWire({ events }), options });
  }
}

import type { Health, Job, Key, Model, NewKey, NewlyMadeKey, Readiness, TenantConfig } from '../types.js';
import { type CallOptions, toWire } from '../wire.js';
import { UserCalls } from './users.js';

const hourMs = 3_600_000;

/** Calls for those who look after the server: jobs, keys, tenants, configuration, health. */
export class OperationCalls extends UserCalls {
  /** The newest jobs first. */
  listJobs(options: CallOptions & { limit?: number } = {}): Promise<{ jobs: Job[] }> {
    return this.json('listJobs', { options });
  }

  /** How far a job is. */
  getJob(jobId: string, options: CallOptions = {}): Promise<Job> {
    return this.json('getJob', { path: { job_id: jobId }, options });
  }

  /** Cancels a job; what it has done stays. */
  cancelJob(jobId: string, options: CallOptions = {}): Promise<Job> {
    return this.json('cancelJob', { path: { job_id: jobId }, options });
  }

  /** The newest models first, those in force and those that were tried. */
  listModels(options: CallOptions = {}): Promise<{ models: Model[] }> {
    return this.json('listModels', { options });
  }

  /** What was tried for a model, how it did, what was chosen and why. */
  getModel(name: string, options: CallOptions = {}): Promise<Model> {
    return this.json('getModel', { path: { name }, options });
  }

  /** Makes the models anew, as a job; with `wait` it has ended when the answer comes. */
  rebuildModels(options: CallOptions & { wait?: boolean } = {}): Promise<Job> {
    return this.json('rebuildModels', { options: { timeoutMs: hourMs, ...options } });
  }

  /** Brings what models cannot know yet up to date, as a job; with `wait` it has ended. */
  refreshModels(options: CallOptions & { wait?: boolean } = {}): Promise<Job> {
    return this.json('refreshModels', { options: { timeoutMs: hourMs, ...options } });
  }

  /** Takes out behaviours that are older than is to be kept, as a job; what they add up to stays. */
  cleanUp(options: CallOptions = {}): Promise<Job> {
    return this.json('cleanUp', { options });
  }

  /** All keys, without their secrets. */
  listKeys(options: CallOptions = {}): Promise<{ keys: Key[] }> {
    return this.json('listKeys', { options });
  }

  /** Creates a key. Its secret is in this answer and nowhere else. */
  createKey(key: NewKey, options: CallOptions = {}): Promise<NewlyMadeKey> {
    return this.json('createKey', { body: toWire(key), options });
  }

  /** Revokes a key, at once, and on every replica within a second; answers with the position. */
  revokeKey(keyId: string, options: CallOptions = {}): Promise<number> {
    return this.position('revokeKey', { path: { key_id: keyId }, options });
  }

  /** What a tenant has set for itself. */
  getTenantConfig(tenantId: string, options: CallOptions = {}): Promise<TenantConfig> {
    return this.json('getTenantConfig', { path: { tenant_id: tenantId }, options });
  }

  /** Replaces a tenant's settings by a new version. */
  putTenantConfig(tenantId: string, config: Record<string, unknown>, options: CallOptions = {}): Promise<TenantConfig> {
    return this.json('putTenantConfig', { path: { tenant_id: tenantId }, body: config, options });
  }

  /** Every version of a tenant's settings, newest first. */
  listTenantConfigs(
    tenantId: string,
    options: CallOptions & { limit?: number } = {},
  ): Promise<{ versions: TenantConfig[] }> {
    return this.json('listTenantConfigs', { path: { tenant_id: tenantId }, options });
  }

  /** Puts an earlier version in force again, as a new version. */
  rollBackTenantConfig(tenantId: string, version: number, options: CallOptions = {}): Promise<TenantConfig> {
    return this.json('rollBackTenantConfig', { path: { tenant_id: tenantId }, body: { version }, options });
  }

  /** Reads the server's configuration file again; a bad one changes nothing. */
  reloadConfig(options: CallOptions = {}): Promise<Record<string, unknown>> {
    return this.rawJson('reloadConfig', { options });
  }

  /** The effective configuration, each value with its source, secrets masked. */
  getConfig(options: CallOptions = {}): Promise<Record<string, unknown>> {
    return this.rawJson('getConfig', { options });
  }

  /** The API's description, OpenAPI 3.1. */
  getOpenApi(options: CallOptions = {}): Promise<Record<string, unknown>> {
    return this.rawJson('getOpenApi', { options });
  }

  /** Whether the process lives, and how its parts are. */
  getHealth(options: CallOptions = {}): Promise<Health> {
    return this.json('getHealth', { options });
  }

  /** Whether the server can serve now. Not ready is an answer too, not an error. */
  getReadiness(options: CallOptions = {}): Promise<Readiness> {
    return this.json('getReadiness', { expected: [503], options });
  }

  /** Metrics in Prometheus' text form. */
  getMetrics(options: CallOptions = {}): Promise<string> {
    return this.text('getMetrics', { accept: 'text/plain', options });
  }
}

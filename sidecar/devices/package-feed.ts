/** Finds a package on a NuGet feed (v3 API): its address, size and digest. */
import { body, MirrorError } from '../data/known/download.ts';

export interface FeedPackage {
  readonly url: URL;
  /** null where the feed does not tell. */
  readonly bytes: number | null;
  /** SHA-512, base64. */
  readonly sha512: string;
}

interface ServiceIndex {
  readonly resources?: readonly { readonly '@id': string; readonly '@type': string }[];
}

async function json<T>(url: URL, signal: AbortSignal | undefined): Promise<T> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body(url, { signal })) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as T;
  } catch {
    throw new MirrorError(`sent no JSON for ${url.pathname}`);
  }
}

/** @throws MirrorError where the feed has no such package, or gives no digest of it. */
export async function findPackage(
  feed: URL,
  name: string,
  version: string,
  signal?: AbortSignal,
): Promise<FeedPackage> {
  const [id, number] = [name.toLowerCase(), version.toLowerCase()];
  const { resources = [] } = await json<ServiceIndex>(feed, signal);
  const service = (type: string) => {
    const found = resources.find((resource) => resource['@type'].startsWith(type))?.['@id'];
    if (found === undefined) throw new MirrorError(`offers no ${type}`);
    return found.endsWith('/') ? found : `${found}/`;
  };
  // Versions from 3.6.0 on are complete.
  const registrations = resources.some((resource) => resource['@type'] === 'RegistrationsBaseUrl/3.6.0')
    ? service('RegistrationsBaseUrl/3.6.0')
    : service('RegistrationsBaseUrl');
  const leaf = await json<{ catalogEntry?: string | { '@id': string } }>(
    new URL(`${id}/${number}.json`, new URL(registrations, feed)),
    signal,
  );
  const entry = typeof leaf.catalogEntry === 'string' ? leaf.catalogEntry : leaf.catalogEntry?.['@id'];
  if (entry === undefined) throw new MirrorError(`has no ${name} ${version}`);
  const catalog = await json<{ packageHash?: string; packageHashAlgorithm?: string; packageSize?: number }>(
    new URL(entry, feed),
    signal,
  );
  const { packageHash, packageHashAlgorithm = 'SHA512', packageSize = null } = catalog;
  if (packageHash === undefined || packageHashAlgorithm !== 'SHA512') {
    throw new MirrorError(`gives no SHA-512 of ${name} ${version}`);
  }
  const content = new URL(service('PackageBaseAddress/3.0.0'), feed);
  return { url: new URL(`${id}/${number}/${id}.${number}.nupkg`, content), bytes: packageSize, sha512: packageHash };
}

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { commandIds } from '../../../extension/editor/command-ids.ts';
import { settingChoices, settingDefaults, validSetting } from '../../../extension/editor/setting-list.ts';
import manifest from '../../../package.json' with { type: 'json' };
import texts from '../../../package.nls.json' with { type: 'json' };

const { contributes } = manifest;

describe('package.json', () => {
  it('contributes the commands that the extension has, and no other', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...commandIds].sort());
  });

  it('names every command "GAN: …"', () => {
    for (const { command, category } of contributes.commands) assert.equal(category, 'GAN', command);
  });

  it('shows only its own commands in menus', () => {
    const known = new Set<string>(commandIds);
    for (const [menu, items] of Object.entries(contributes.menus)) {
      for (const { command } of items) assert.ok(known.has(command), `${command} in ${menu}`);
    }
  });

  it('hides no command from the palette', () => {
    assert.equal('commandPalette' in contributes.menus, false);
  });

  it('uses every text of package.nls.json, and none that is not there', () => {
    const used = JSON.stringify(manifest).matchAll(/%([\w.]+)%/g);
    assert.deepEqual([...new Set([...used].map(([, key]) => key))].sort(), Object.keys(texts).sort());
  });

  it('contributes the settings that the extension has, with the same defaults and choices', () => {
    const properties: Readonly<Record<string, { default: unknown; type: string; enum?: readonly string[] }>> =
      contributes.configuration.properties;
    const described = Object.entries(properties).map(([key, { default: value, enum: choices }]) => [
      key,
      value,
      choices,
    ]);
    const known = Object.entries(settingDefaults).map(([key, value]) => [
      `gan.${key}`,
      value,
      settingChoices[key as keyof typeof settingChoices],
    ]);
    assert.deepEqual(described, known);
    for (const [key, { type, default: value }] of Object.entries(properties)) {
      assert.equal(type === 'integer' ? 'number' : type, typeof value, key);
    }
  });

  it('refers to files that exist', () => {
    const files = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...contributes.jsonValidation.map(({ url }) => url),
    ];
    for (const file of files) assert.ok(existsSync(file), file);
  });

  it('lets no workspace choose the program that trains', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const properties = contributes.configuration.properties;
    assert.equal(properties['gan.sidecar.nodePath'].scope, 'machine');
    assert.ok(restrictedConfigurations.includes('gan.sidecar.nodePath'));
  });

  it('has a problem matcher that reads what gan validate prints', () => {
    const { regexp } = contributes.problemMatchers[0]!.pattern;
    const line = 'a b/gan.config.json:12:7 error data/missing-path There is no folder "x"; check data.path.';
    assert.deepEqual(new RegExp(regexp).exec(line)?.slice(1), [
      'a b/gan.config.json',
      '12',
      '7',
      'error',
      'data/missing-path',
      'There is no folder "x"; check data.path.',
    ]);
  });
});

describe('a setting written by hand', () => {
  it('counts where its type and word are right', () => {
    assert.equal(validSetting('sidecar.onWindowClose', 'stop'), 'stop');
    assert.equal(validSetting('sidecar.threads', 3), 3);
  });

  it('gives way to the default where they are not', () => {
    assert.equal(validSetting('sidecar.onWindowClose', 'pause'), 'continue');
    assert.equal(validSetting('sidecar.threads', '3'), 0);
    assert.equal(validSetting('sidecar.nodePath', null), '');
    assert.equal(validSetting('codeLens', undefined), true);
  });
});

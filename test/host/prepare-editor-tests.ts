/** Prepares the launch configuration Extension Tests. */
import path from 'node:path';
import { buildEditorTests, copyEditorWorkspace } from './editor-workspace.ts';
import { projectRoot } from './paths.ts';

buildEditorTests();
copyEditorWorkspace(path.join(projectRoot, 'out', 'editor-workspace'));

/**
 * The signs of the groups for WebGL: circle, square, triangle, diamond, hexagon, cross, and a ring for who is in none.
 * The corners are those of `publish/figures/svg.py`, so that a group looks the same in every figure.
 */

import { NodeProgram } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

export const RING = 6;

/** With more lines than this, each is drawn pale. */
export const CROWDED = 500;

/** Every sign lies inside so many of its radii. */
const REACH = 1.35;

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_place;
varying float v_soft;
varying float v_shape;

void main() {
  // A triangle around the circle of the radius: its corners are two radii away.
  float radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  vec2 corner = 2.0 * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + radius * corner, 1)).xy, 0, 1);
  v_place = corner * ${REACH};
  v_soft = u_correctionRatio * 2.0 * ${REACH} / radius;
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_place;
varying float v_soft;
varying float v_shape;

float half_plane(vec2 p, vec2 normal, float away) { return dot(p, normalize(normal)) - away; }

/* How far outside the sign a place is; below zero it is inside. */
float outside(vec2 p) {
  vec2 q = abs(p);
  if (v_shape < 0.5) return length(p) - 1.0;
  if (v_shape < 1.5) return max(q.x, q.y) - 0.9;
  if (v_shape < 2.5) return max(-p.y - 0.8, half_plane(vec2(q.x, p.y), vec2(1.95, 1.1), 0.565));
  if (v_shape < 3.5) return half_plane(q, vec2(1.3, 1.1), 0.84);
  if (v_shape < 4.5) return max(q.y - 1.0, half_plane(q, vec2(1.0, 0.55), 0.964));
  if (v_shape < 5.5) return min(max(q.x - 0.4, q.y - 1.15), max(q.x - 1.15, q.y - 0.4));
  float line = max(0.015, 0.5 * v_soft);
  return abs(length(p) - 1.0 + line) - line;
}

void main(void) {
  float far = outside(v_place);
  #ifdef PICKING_MODE
  gl_FragColor = (v_shape > 5.5 ? length(v_place) - 1.0 : far) > 0.0 ? vec4(0.0) : v_color;
  #else
  gl_FragColor = mix(v_color, vec4(0.0), clamp(far / v_soft + 0.5, 0.0, 1.0));
  #endif
}`;

export interface SignData extends NodeDisplayData {
  readonly shape: number;
}

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;

export class Signs extends NodeProgram<"u_matrix" | "u_sizeRatio" | "u_correctionRatio"> {
  override getDefinition() {
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES as 4,
      UNIFORMS: ["u_matrix", "u_sizeRatio", "u_correctionRatio"] as const,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_angle", size: 1, type: FLOAT }],
      CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
    };
  }

  override processVisibleItem(index: number, start: number, data: SignData): void {
    this.array.set([data.x, data.y, data.size * REACH, data.shape, floatColor(data.color), index], start);
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: Parameters<NodeProgram["setUniforms"]>[1]): void {
    const at = uniformLocations as Record<string, WebGLUniformLocation>;
    gl.uniform1f(at["u_sizeRatio"] ?? null, params.sizeRatio);
    gl.uniform1f(at["u_correctionRatio"] ?? null, params.correctionRatio);
    gl.uniformMatrix3fv(at["u_matrix"] ?? null, false, params.matrix);
  }
}

namespace Atmosphere.Recognition.Faces;

/// <param name="Height">Height of the face's box, pixels of the upright photo.</param>
/// <param name="Sharpness">Variance of the Laplacian of the aligned face at 75 x 75 pixels, grey levels squared.</param>
/// <param name="Yaw">How far the face is turned sideways: 0 is frontal, 1 is a profile.</param>
/// <param name="LandmarkResidual">How badly the landmarks fit the mean face, as a share of the face's size.</param>
public sealed record FaceQuality(float Height, float Sharpness, float Yaw, float LandmarkResidual);

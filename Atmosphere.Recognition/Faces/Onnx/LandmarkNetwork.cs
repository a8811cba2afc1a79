using System.Buffers;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx.Models;
using Atmosphere.Recognition.Faces.Onnx.Pictures;
using Atmosphere.Recognition.Faces.Onnx.Runtime;
using Atmosphere.Recognition.Imaging;
using Microsoft.ML.OnnxRuntime;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Finds the 68 landmarks of each face, in batches per photo.</summary>
internal sealed class LandmarkNetwork(OnnxSession session) : IDisposable
{
    public const int Points = 68;
    private const int Batch = 8;
    private const int Side = LandmarkNet.Side;
    private const int Planar = 3 * Side * Side;

    /// <summary>
    /// Runs two passes: first on the upright box, then on a chip that is rotated and scaled by the first result. So a tilted face or a
    /// badly placed box gives the same points.
    /// </summary>
    /// <returns>68 points per box, in photo pixels.</returns>
    public List<Point[]> Find(Pixels photo, IReadOnlyList<Box> boxes) => Refine(photo, Find([.. boxes.Select(box => Square(photo, box))]));

    /// <summary>Expects the faces turned: finds those that are, up to about 45 degrees more or less.</summary>
    /// <returns>68 points for each box and turn, in photo pixels.</returns>
    public List<Point[]> Find(Pixels photo, IEnumerable<(Box Box, QuarterTurn Face)> boxes) =>
        Refine(photo, Find([.. boxes.Select(face => Turned(photo, Similarity.Around(face.Box.Centre, face.Face, Math.Max(face.Box.Width, face.Box.Height), Side)))]));

    private List<Point[]> Refine(Pixels photo, List<Point[]> rough) =>
        Find([.. rough.Select(points => Turned(photo, MeanFace.LandmarksToPhoto(points, Side)))]);

    private List<Point[]> Find(IReadOnlyList<(Func<Picture> Cut, Similarity ToPhoto)> faces)
    {
        var found = new List<Point[]>(faces.Count);
        var planes = ArrayPool<float>.Shared.Rent(Math.Min(faces.Count, Batch) * Planar);
        try
        {
            foreach (var batch in faces.Chunk(Batch))
            {
                for (var i = 0; i < batch.Length; i++)
                {
                    using var face = batch[i].Cut();
                    Planes.Write(face, ColourScale.FaceApi, planes.AsSpan(i * Planar, Planar), Side, Side);
                }

                using var outputs = Run(planes, batch.Length);
                var points = outputs[0].GetTensorDataAsSpan<float>();
                for (var i = 0; i < batch.Length; i++)
                    found.Add(ToPhoto(points.Slice(i * 2 * Points, 2 * Points), batch[i].ToPhoto));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(planes);
        }

        return found;
    }

    /// <summary>Runs the network alone on prepared faces.</summary>
    public IDisposableReadOnlyCollection<OrtValue> Run(float[] planes, int faces) => session.Run(planes, [faces, 3, Side, Side]);

    /// <summary>Time spent inside the network.</summary>
    public TimeSpan Spent => session.Spent;

    public void Dispose() => session.Dispose();

    private static (Func<Picture> Cut, Similarity ToPhoto) Turned(Pixels photo, Similarity toPhoto) =>
        (() => Chip.Cut(photo, toPhoto, Side), toPhoto);

    /// <summary>The network was trained on boxes centred in a square with black margins.</summary>
    private static (Func<Picture> Cut, Similarity ToPhoto) Square(Pixels photo, Box box)
    {
        var side = Math.Max(box.Width, box.Height);
        var square = box.SquareAround(1);
        return (() => Cut(photo, box, square), new Similarity(side / Side, 0, square.X, square.Y));
    }

    private static Picture Cut(Pixels photo, Box box, Box square)
    {
        var face = Resampler.Resize(photo, square, Side, Side);
        var (left, top) = ((int)((box.X - square.X) / square.Width * Side), (int)((box.Y - square.Y) / square.Height * Side));
        for (var y = 0; y < Side; y++)
        {
            var row = face.Row(y);
            if (y < top || y >= Side - top)
                row.Clear();
            row[..(left * Picture.Channels)].Clear();
            row[((Side - left) * Picture.Channels)..].Clear();
        }

        return face;
    }

    private static Point[] ToPhoto(ReadOnlySpan<float> shares, Similarity toPhoto)
    {
        var points = new Point[Points];
        for (var i = 0; i < Points; i++)
            points[i] = toPhoto.Apply(new Point(shares[2 * i] * Side, shares[(2 * i) + 1] * Side));
        return points;
    }
}

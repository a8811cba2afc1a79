using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Pipeline;

/// <summary>The flow that detects and matches the faces of a photo and reads its EXIF data.</summary>
public static class PipelineFlow
{
    // A failed photo is lost for its parents: eight attempts, the last after two minutes.
    private static readonly RetryPolicy _recognising = new(8, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    // The group's other photos wait behind this one.
    private static readonly RetryPolicy _matching = new(4, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    public static FlowTable Table { get; } = new("pipeline",
    [
        StepRow.Of<ExtractExif, ExtractPhotoExif>("image-exif", [typeof(CompletePhoto)], workers: 2, exhausted: "photo goes on without EXIF"),
        StepRow.Of<DetectFaces, DetectPhotoFaces>(
            "image-detect-faces", [typeof(EmbedPhotoFaces), typeof(CompletePhoto), typeof(PhotoFailed)], _recognising, workers: 2, exhausted: "photo failed"),
        StepRow.Of<GenerateEmbeddings, EmbedPhotoFaces>(
            "image-embeddings", [typeof(MatchPhotoFaces), typeof(PhotoFailed)], _recognising, workers: 2, exhausted: "photo failed"),
        StepRow.Of<MatchFaces, MatchPhotoFaces>("image-matching", [typeof(CompletePhoto)], _matching, exhausted: "photo degraded"),
        StepRow.Of<CompleteImage, CompletePhoto>("image-complete", [typeof(PhotoProcessed), typeof(PhotoFailed)], exhausted: "photo failed"),
    ]);

    /// <summary>Adds the recognition of stored photos; needs the face engine and its collections.</summary>
    public static IServiceCollection AddPipeline(this IServiceCollection services) => services.AddFlow(Table);
}

using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>The flow of incoming photos into the pipeline, and of their faces after it.</summary>
public static class GatewayFlow
{
    private const string ImagesWithFaces = "atmosphere-images-with-faces";
    private const string ImagesInDatabase = "atmosphere-images-in-db";

    // A broker or Slack may be unavailable for a while: retried for about half an hour.
    private static readonly RetryPolicy _telling = new(20, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2));

    // Deleting must not fail: retried for most of an hour, then an operator must act.
    private static readonly RetryPolicy _erasing = new(12, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));

    public static FlowTable Table { get; } = new("gateway",
    [
        StepRow.Of<IntakeGroupMessage, GroupMessageReceived>("whatsapp-message-processing", [typeof(RecognisePhoto), typeof(PhotoFailed)], exhausted: "photo failed"),
        StepRow.Of<DeleteWithdrawnPhoto, WithdrawPhoto>("photos-withdrawn", [typeof(QuestionChanged)], _erasing, exhausted: "dead letter"),
        StepRow.Of<ProcessImage, RecognisePhoto>(
            "face-recognition", [typeof(ExtractPhotoExif), typeof(DetectPhotoFaces), typeof(PhotoFailed)], exhausted: "photo failed, notification"),
        StepRow.Of<PostProcessImage, PhotoProcessed>("atmosphere-processed-images", [typeof(FaceFound), typeof(DistributePhoto), typeof(PhotoFailed)], exhausted: "photo failed"),
        StepRow.Subscribe<StoreTable, FaceFound>(ImagesWithFaces, []),
        StepRow.Subscribe<StoreSql, FaceFound>(ImagesWithFaces, [typeof(FaceStored), typeof(DistributePhoto), typeof(PhotoOvertaken)], exhausted: "face refused"),
        StepRow.Subscribe<NotifySlack, FaceFound>(ImagesWithFaces, [typeof(QuestionChanged), typeof(FaceTagged)], _telling) with
        {
            Wanted = services => services.GetRequiredService<IColleagues>().Listening,
        },
        StepRow.Subscribe<NotifyMqtt, FaceFound>(ImagesWithFaces, [], _telling, workers: 4) with
        {
            Wanted = services => services.GetRequiredService<IDevices>().Connected,
        },
        StepRow.Subscribe<StoreRectangles, FaceStored>(ImagesInDatabase, []),
        StepRow.Subscribe<StoreZoomIn, FaceStored>(ImagesInDatabase, []),
    ])
    {
        Doors = [DoorRow.Http<FacesUpload>("camera station", [typeof(RecognisePhoto)])],
    };
}

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>
/// The boxes, queues and topics that carry a photo are a contract: operators' scripts and other programs know them. What is renamed or
/// reads from elsewhere is found here, not in somebody's night.
/// </summary>
public sealed class PublicNames
{
    [Theory]
    [InlineData("IntakeGroupMessage", "whatsapp-message-processing")]
    [InlineData("ProcessImage", "face-recognition")]
    [InlineData("ExtractExif", "image-exif")]
    [InlineData("DetectFaces", "image-detect-faces")]
    [InlineData("GenerateEmbeddings", "image-embeddings")]
    [InlineData("MatchFaces", "image-matching")]
    [InlineData("PostProcessImage", "atmosphere-processed-images")]
    [InlineData("FinalizeIdentified", "atmosphere-face-identified")]
    [InlineData("ClearIdentified", "atmosphere-face-undo-identify")]
    [InlineData("MatchAgain", "persons-taught")]
    [InlineData("LookAgain", "persons-taught")]
    [InlineData("StoreFaceTagSql", "atmosphere-face-tagging")]
    [InlineData("SendFaceForTraining", "atmosphere-face-tagged")]
    [InlineData("FinalizeTag", "atmosphere-face-training-sent")]
    [InlineData("EnrichUser", "atmosphere-face-enrich-user")]
    [InlineData("CleanupTag", "atmosphere-face-cleanup")]
    [InlineData("RequestTaggingOnSlack", "atmosphere-face-not-identified")]
    [InlineData("SendOutboundMessage", "whatsapp-outbound-message")]
    [InlineData("TrackDelivery", "whatsapp-delivery-status")]
    public void A_box_reads_its_queue(string box, string queue) =>
        Assert.Contains(FlowDiagrams.Tables.SelectMany(table => table.Steps), row => row.Step == box && row.Queue == queue && row.Topic is null);

    [Theory]
    [InlineData("atmosphere-images-with-faces", "StoreTable", "StoreSql", "NotifySlack", "NotifyMqtt")]
    [InlineData("atmosphere-images-in-db", "StoreRectangles", "StoreZoomIn", "IdentifyFace")]
    [InlineData("atmosphere-reports", "SendEmailReport")]
    public void Every_subscriber_of_a_topic_gets_its_copy(string topic, params string[] boxes) => Assert.Equal(
        boxes.Order(StringComparer.Ordinal),
        FlowDiagrams.Tables.SelectMany(table => table.Steps).Where(row => row.Topic == topic).Select(row => row.Step).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("FacesUpload", "face-recognition")]
    [InlineData("IntakeGroupMessage", "face-recognition")]
    [InlineData("ProcessImage", "image-exif", "image-detect-faces")]
    [InlineData("DetectFaces", "image-embeddings")]
    [InlineData("GenerateEmbeddings", "image-matching")]
    [InlineData("ExtractExif", "image-complete")]
    [InlineData("MatchFaces", "image-complete")]
    [InlineData("CompleteImage", "atmosphere-processed-images")]
    [InlineData("PostProcessImage", "atmosphere-images-with-faces")]
    [InlineData("StoreSql", "atmosphere-images-in-db")]
    [InlineData("IdentifyFace", "atmosphere-face-identified")]
    [InlineData("FinalizeIdentified", "media-distribution")]
    [InlineData("ConnectPerson", "persons-taught")]
    [InlineData("MatchAgain", "media-distribution")]
    [InlineData("ClearIdentified", "atmosphere-face-not-identified", "persons-taught")]
    [InlineData("StartTraining", "persons-taught")]
    [InlineData("LookAgain", "atmosphere-face-not-identified", "colleagues-questions")]
    [InlineData("FaceTag", "atmosphere-face-tagging", "atmosphere-face-undo-identify")]
    [InlineData("StoreFaceTagSql", "atmosphere-face-tagged", "atmosphere-face-enrich-user")]
    [InlineData("SendFaceForTraining", "atmosphere-face-training-sent", "atmosphere-face-cleanup")]
    [InlineData("FinalizeTag", "media-distribution")]
    [InlineData("DistributeMedia", "whatsapp-outbound-message")]
    [InlineData("GenerateReport", "atmosphere-reports")]
    [InlineData("SendEmailReport", "mails")]
    public void A_box_sends_the_photo_on(string box, params string[] places)
    {
        var sent = FlowDiagrams.Tables.SelectMany(table => table.Steps).Where(row => row.Step == box).SelectMany(row => row.Sends)
            .Concat(FlowDiagrams.Tables.SelectMany(table => table.Doors).Where(door => door.Name == box).SelectMany(door => door.Sends))
            .ToHashSet();
        var reached = FlowDiagrams.Tables.SelectMany(table => table.Steps).Where(row => sent.Contains(row.MessageType)).Select(row => row.Topic ?? row.Queue);

        Assert.Superset(places.ToHashSet(), reached.ToHashSet());
    }

    [Fact]
    public void A_camera_station_knocks_at_FacesUpload_over_HTTP() =>
        Assert.Contains(FlowDiagrams.Tables.Single(table => table.Name == "gateway").Doors, door => door is { Name: "FacesUpload", Caller: "camera station", Protocol: "HTTP" });
}

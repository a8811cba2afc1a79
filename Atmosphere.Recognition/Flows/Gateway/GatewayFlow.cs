using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>How a stored photo becomes a recognised one.</summary>
public static class GatewayFlow
{
    private static readonly RetryPolicy _recognising = new(4, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));

    public static FlowTable Table { get; } = new("gateway",
    [
        StepRow.Of<ProcessImage, RecognisePhoto>("face-recognition", [typeof(DistributePhoto)], _recognising, workers: 2, exhausted: "photo failed"),
    ]);
}

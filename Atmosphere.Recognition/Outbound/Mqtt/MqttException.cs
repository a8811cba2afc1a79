namespace Atmosphere.Recognition.Outbound.Mqtt;

/// <summary>The broker cannot be reached, refused, or the connection was lost. The message says which and what to do.</summary>
internal sealed class MqttException(string message, Exception? inner = null) : Exception(message, inner);

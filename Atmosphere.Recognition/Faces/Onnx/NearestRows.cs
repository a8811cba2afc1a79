namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Keeps the rows with the highest products.</summary>
internal sealed class NearestRows(int most)
{
    private readonly int[] _rows = new int[most];
    private readonly float[] _products = new float[most];
    private float _worst = float.NegativeInfinity;
    private int _count;

    /// <summary>Highest product first.</summary>
    public IEnumerable<int> Rows => _rows.Take(_count);

    public void Offer(int row, float product)
    {
        if (_count == most && product <= _worst)
            return;

        var place = _count < most ? _count++ : most - 1;
        for (; place > 0 && _products[place - 1] < product; place--)
            (_products[place], _rows[place]) = (_products[place - 1], _rows[place - 1]);
        (_products[place], _rows[place]) = (product, row);
        _worst = _products[_count - 1];
    }
}
